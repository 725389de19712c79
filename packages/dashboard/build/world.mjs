/**
 * The map of the world, drawn when the page is built: outlines as SVG paths in one fixed
 * projection. So a browser neither loads a projection nor computes one: 10 kB, gzipped, and two tenths
 * of a second of arithmetic on a machine that is not fast.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoEqualEarth, geoPath } from 'd3-geo';
import { iso31661 } from 'iso-3166/1.js';
import { feature } from 'topojson-client';

const WIDTH = 960;
const HEIGHT = 440;
const ANTARCTICA = '010';

const require = createRequire(import.meta.url);
const CODES = new Map(iso31661.map(({ numeric, alpha2 }) => [numeric, alpha2]));

function countriesAt(scale) {
  const topology = JSON.parse(readFileSync(require.resolve(`world-atlas/countries-${scale}.json`)));
  return feature(topology, topology.objects.countries).features.filter(
    ({ id }) => id !== ANTARCTICA,
  );
}

/**
 * Shapes `[code, path, x, y]` with the middle of each country; an empty code for land that has
 * none. Countries that are too small for the coarse outlines come as dots, without a path.
 */
export function drawWorld() {
  const coarse = countriesAt('110m');
  // Turned by eleven degrees the edge of the map runs through the Bering Strait, and cuts no country.
  const projection = geoEqualEarth()
    .rotate([-11, 0])
    .fitExtent(
      [
        [4, 4],
        [WIDTH - 4, HEIGHT - 4],
      ],
      { type: 'FeatureCollection', features: coarse },
    );
  const draw = geoPath(projection).digits(1);
  const shapes = coarse.map((country) => shape(country, draw(country), draw));
  const drawn = new Set(shapes.map(([code]) => code));
  const dots = countriesAt('50m')
    .map((country) => shape(country, '', draw))
    .filter(([code]) => code !== '' && !drawn.has(code));
  return { width: WIDTH, height: HEIGHT, shapes: [...shapes, ...dots] };
}

function shape(country, path, draw) {
  const [x, y] = draw.centroid(largestPart(country, draw));
  return [CODES.get(country.id) ?? '', path, Math.round(x), Math.round(y)];
}

/** The middle of a country with lands overseas lies in the sea: only its largest part counts. */
function largestPart({ geometry }, draw) {
  if (geometry.type !== 'MultiPolygon') return geometry;
  const parts = geometry.coordinates.map((coordinates) => ({ type: 'Polygon', coordinates }));
  return parts.toSorted((a, b) => draw.area(b) - draw.area(a))[0];
}
