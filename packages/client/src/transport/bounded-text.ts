/** Reads an answer without trusting its size. */

/** A page of 1,000 advertisements is about 600 kB; one of 100 proofs at their largest, escaped, 3 MB. */
export const ANSWER_BYTES_MAX = 16 * 1_024 * 1_024;

/** The text of an answer; `undefined` when it is longer than `ANSWER_BYTES_MAX`, the rest of which is not read. */
export async function readBoundedText(response: Response): Promise<string | undefined> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength;
    if (bytes > ANSWER_BYTES_MAX) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}
