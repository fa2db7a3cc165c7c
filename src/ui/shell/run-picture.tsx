/** A picture of a run, as small as a stamp: a row for each Pod, time from left to right. The words beside it say what it shows. */
import type { Picture } from '../../worker/gallery-pictures';

const ROW = 5;
const GAP = 1;
const COLUMN = 2;

/** Stretches of the same letter in a row. */
function runsOf(row: string): { letter: string; start: number; length: number }[] {
  return [...row.matchAll(/([a-z])\1*/g)].map(({ 0: run, 1: letter = '', index }) => ({
    letter,
    start: index,
    length: run.length,
  }));
}

/** See the header. A picture that has not come yet takes the same room. */
export function RunPicture({ picture = [] }: { picture: Picture | undefined }) {
  const width = (picture[0]?.length ?? 48) * COLUMN;
  const height = 7 * (ROW + GAP);
  const top = (height - picture.length * (ROW + GAP)) / 2;
  return (
    <svg className="run-picture" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
      {picture.flatMap((row, index) =>
        runsOf(row).map(({ letter, start, length }) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
            key={`${index} ${start}`}
            className={`run-${letter}`}
            x={start * COLUMN}
            y={top + index * (ROW + GAP)}
            width={length * COLUMN - 0.5}
            height={ROW}
            rx={1}
          />
        )),
      )}
    </svg>
  );
}
