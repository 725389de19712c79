/**
 * The world, shaded by offers. A country with providers is an option of a list that is drawn as a
 * map: one stop of the Tab key, arrows move in the direction they show, Enter and Space choose.
 */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { CountryCounts } from '../finding/country-field.js';
import { countryLabel } from '../words/countries.js';
import { WORDS } from '../words/words.js';
import { DIRECTIONS, neighbourOf } from './neighbours.js';
import { SHADE_MAX, shadeOf } from './shades.js';
import { fetchWorld, type Shape, type World } from './world.js';

/** What is shaded and chosen. */
export interface WorldMapProps {
  readonly counts: CountryCounts;
  readonly chosen: readonly string[];
  readonly onToggle: (code: string) => void;
  readonly onClear: () => void;
}

/** Draws the card of the map. */
export function WorldMap({ counts, chosen, onToggle, onClear }: WorldMapProps) {
  const world = useWorld();
  const [pointed, setPointed] = useState<string>();
  return (
    <section className="card map">
      <header className="card-head">
        <h2>{WORDS.map.title}</h2>
        {chosen.length > 0 && (
          <button type="button" className="quiet-button" onClick={onClear}>
            {WORDS.map.clear}
          </button>
        )}
      </header>
      {world === undefined ? (
        <div className="map-space hint">{WORDS.map.loading}</div>
      ) : (
        <Countries {...{ world, counts, chosen, onToggle }} onPoint={setPointed} />
      )}
      <footer className="map-foot">
        <span className="map-caption">{captionOf(pointed, counts)}</span>
        <Scale />
      </footer>
    </section>
  );
}

function useWorld(): World | undefined {
  const [world, setWorld] = useState<World>();
  useEffect(() => {
    const aborter = new AbortController();
    fetchWorld(aborter.signal).then(setWorld, () => undefined);
    return () => aborter.abort();
  }, []);
  return world;
}

function captionOf(code: string | undefined, counts: CountryCounts): string {
  return code === undefined ? WORDS.map.hint : titleOf(code, counts);
}

function titleOf(code: string, counts: CountryCounts): string {
  const count = counts.get(code) ?? 0;
  const name = countryLabel(code);
  return count === 0 ? WORDS.map.none(name) : WORDS.map.country(name, count);
}

function Scale() {
  return (
    <span className="map-scale" aria-hidden="true">
      {WORDS.map.fewer}
      {Array.from({ length: SHADE_MAX }, (_, shade) => (
        <i key={shade} className={`shade-${shade + 1}`} />
      ))}
      {WORDS.map.more}
    </span>
  );
}

interface CountriesProps extends Omit<WorldMapProps, 'onClear'> {
  readonly world: World;
  readonly onPoint: (code: string | undefined) => void;
}

function Countries({ world, counts, chosen, onToggle, onPoint }: CountriesProps) {
  const list = useRef<SVGSVGElement>(null);
  const options = world.shapes.filter(
    ({ code }) => (counts.get(code) ?? 0) > 0 || chosen.includes(code),
  );
  const land = world.shapes.filter(({ path }) => path !== '');
  const most = Math.max(1, ...counts.values());
  const [current, setCurrent] = useState<string>();
  const stop = options.find(({ code }) => code === current) ?? firstOf(options, counts);
  const move = (to: Shape): void => {
    setCurrent(to.code);
    list.current?.querySelector<SVGElement>(`[data-country="${to.code}"]`)?.focus();
  };
  const press = (event: KeyboardEvent): void => {
    if (stop === undefined) return;
    const direction = DIRECTIONS[event.key];
    if (event.key === 'Enter' || event.key === ' ') onToggle(stop.code);
    else if (direction === undefined) return;
    else {
      const next = neighbourOf(stop, direction, options);
      const shape = options.find(({ code }) => code === next?.code);
      if (shape !== undefined) move(shape);
    }
    event.preventDefault();
  };
  return (
    <svg
      ref={list}
      className="map-space"
      viewBox={`0 0 ${world.width} ${world.height}`}
      role="listbox"
      aria-multiselectable="true"
      aria-label={WORDS.map.label}
      onKeyDown={press}
      onPointerLeave={() => onPoint(undefined)}
    >
      <g aria-hidden="true">
        {land.map(({ code, path }, at) => (
          <path
            key={at}
            d={path}
            className="shade-0"
            onPointerEnter={() => onPoint(code || undefined)}
          />
        ))}
      </g>
      {options.map((shape) => (
        <Country
          key={shape.code}
          shape={shape}
          shade={shadeOf(counts.get(shape.code) ?? 0, most)}
          title={titleOf(shape.code, counts)}
          isChosen={chosen.includes(shape.code)}
          isStop={shape === stop}
          onPoint={onPoint}
          onChoose={() => {
            setCurrent(shape.code);
            onToggle(shape.code);
          }}
        />
      ))}
    </svg>
  );
}

/** Where the Tab key arrives: the country with the most providers. */
function firstOf(options: readonly Shape[], counts: CountryCounts): Shape | undefined {
  return options.toSorted(
    (one, other) => (counts.get(other.code) ?? 0) - (counts.get(one.code) ?? 0),
  )[0];
}

interface CountryProps {
  readonly shape: Shape;
  readonly shade: number;
  readonly title: string;
  readonly isChosen: boolean;
  readonly isStop: boolean;
  readonly onPoint: (code: string) => void;
  readonly onChoose: () => void;
}

function Country({ shape, shade, title, isChosen, isStop, onPoint, onChoose }: CountryProps) {
  const { code, path, x, y } = shape;
  const shared = {
    className: `country shade-${shade}${isChosen ? ' is-chosen' : ''}`,
    role: 'option',
    'aria-selected': isChosen,
    'aria-label': title,
    'data-country': code,
    tabIndex: isStop ? 0 : -1,
    onClick: onChoose,
    onFocus: () => onPoint(code),
    onPointerEnter: () => onPoint(code),
  } as const;
  return path === '' ? <circle cx={x} cy={y} r={4.5} {...shared} /> : <path d={path} {...shared} />;
}
