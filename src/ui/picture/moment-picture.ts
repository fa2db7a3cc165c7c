/** The picture of the moment that the page shows: the drawing as it stands, below a head that says what it is. */
import { listed, t } from '../../i18n/translate';
import { useCameraRequests } from '../graph/camera';
import { momentWords } from '../share/moment-words';
import { setBanner, useSession } from '../state/session';
import { painting, scaleWithin } from './canvas';
import { readPage, sizeOf } from './read-page';
import { plainColour } from './reading';
import type { Picture, Shape, Size, TextShape } from './shapes';
import { svgOf } from './svg';

const HEAD_HEIGHT = 62;
const MARGIN = 16;
/** Pixels of a PNG for one on the screen. */
const PNG_SCALE = 2;

function lineOf(words: string, y: number, size: number, weight: string, fill: string, width: number): TextShape {
  const pen = document.createElement('canvas').getContext('2d');
  const family = getComputedStyle(document.body).fontFamily;
  const room = width - 2 * MARGIN;
  let text = words;
  if (pen) pen.font = `${weight} ${size}px ${family}`;
  const widthOf = () => pen?.measureText(text).width ?? room;
  for (let length = words.length; widthOf() > room && length > 1; length -= 1)
    text = `${words.slice(0, length).trimEnd()}…`;
  const clip = { x: 0, y: 0, width, height: HEAD_HEIGHT };
  return { type: 'text', x: MARGIN, y, width: widthOf(), text, size, weight, family, fill, clip, opacity: 1 };
}

const movedDown = (shape: Shape): Shape => {
  const clip = { ...shape.clip, y: shape.clip.y + HEAD_HEIGHT };
  if (shape.type !== 'path') return { ...shape, clip, y: shape.y + HEAD_HEIGHT };
  const [a, b, c, d, e, f] = shape.matrix;
  return { ...shape, clip, matrix: [a, b, c, d, e, f + HEAD_HEIGHT] };
};

function drawnPart(): HTMLElement {
  const root = document.querySelector<HTMLElement>('.graph-body');
  if (!root) throw new Error('the page has no drawing');
  return root;
}

/** How large {@link momentPicture} would be now. */
export function momentSize(): Size {
  const { width, height } = sizeOf(drawnPart());
  return { width, height: height + HEAD_HEIGHT };
}

/** See the header; with what must be scrolled to. Throws where the page has no drawing, or the browser no canvas. */
export function momentPicture(title: string): Picture {
  const { width, height, shapes } = readPage(drawnPart());
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => plainColour(style.getPropertyValue(name).trim()) ?? '#000';
  const { at, sentence } = momentWords(useSession.getState());
  const head = [
    lineOf(title, 26, 17, '600', colour('--ink'), width),
    lineOf(
      sentence === '' ? at : t('words.said', { what: at, said: sentence }),
      48,
      13,
      '400',
      colour('--ink-2'),
      width,
    ),
  ];
  return {
    width,
    height: height + HEAD_HEIGHT,
    background: colour('--surface'),
    shapes: [...head, ...shapes.map(movedDown)],
  };
}

/** Once what changed on the page has been painted. */
export const painted = (): Promise<unknown> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

/** Has all of the drawing on the page, as far as it goes, until something has been made of it. */
export async function drawnWhole<T>(make: () => T | Promise<T>): Promise<T> {
  useCameraRequests.setState({ whole: true });
  try {
    await painted();
    return await make();
  } finally {
    useCameraRequests.setState({ whole: false });
  }
}

/** The moment as an SVG document. */
export async function momentSvg(title: string): Promise<Blob> {
  const picture = await drawnWhole(() => momentPicture(title));
  const { at } = momentWords(useSession.getState());
  return new Blob([svgOf(picture, listed(title, at))], { type: 'image/svg+xml' });
}

/** The moment as a PNG. One of a drawing that is too large for any canvas is smaller, which is said. */
export async function momentPng(title: string): Promise<Blob> {
  const picture = await drawnWhole(() => momentPicture(title));
  const scale = scaleWithin(picture, PNG_SCALE);
  const canvas = painting(picture, scale);
  if (scale < 1) {
    const size = { height: Math.round(picture.height), percent: Math.round(scale * 100) };
    setBanner('notice', { tone: 'info', text: t('picture.small', size), detail: t('picture.svgIsWhole') });
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large'))), 'image/png');
  });
}
