/** The parameters of a watch beyond the requirements, as a schema. A description completes the sentence "must be …". */
import Type from 'typebox';

/** A cursor, whoever made it. */
export const CURSOR_PATTERN = '^[0-9a-z]{1,32}-[0-9]{1,16}$';

/** How long a poll may wait for something to happen. */
export const WAIT_SECONDS_MAX = 60;

/** How long it waits where nothing is said. */
export const WAIT_SECONDS_DEFAULT = 30;

/** What `GET /advertisements/watch` takes, beside the requirements of `GET /advertisements`. */
export const WatchQuerySchema = Type.Object({
  since: Type.Optional(
    Type.String({
      pattern: CURSOR_PATTERN,
      description:
        'a cursor, unchanged, from the id of an event, the answer to a poll, or the header X-Discovery-Cursor of a list',
    }),
  ),
  wait: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: WAIT_SECONDS_MAX,
      default: WAIT_SECONDS_DEFAULT,
      description: `an integer from 0 to ${WAIT_SECONDS_MAX}: seconds that a poll waits for something to happen`,
    }),
  ),
});
