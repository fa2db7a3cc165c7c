/** Paints a picture on a canvas: for PNG and for films. The fonts of the page are at hand here. */
import type { BoxShape, PathShape, Picture, Shape, Size, TextShape } from './shapes';

function paintBox(context: CanvasRenderingContext2D, { x, y, width, height, radius, ...ink }: BoxShape): void {
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  if (ink.fill !== undefined) {
    context.fillStyle = ink.fill;
    context.fill();
  }
  if (ink.stroke === undefined) return;
  context.strokeStyle = ink.stroke;
  context.lineWidth = ink.strokeWidth;
  context.stroke();
}

function paintText(
  context: CanvasRenderingContext2D,
  { x, y, width, text, size, weight, family, fill }: TextShape,
): void {
  context.font = `${weight} ${size}px ${family}`;
  context.fillStyle = fill;
  context.fillText(text, x, y, width + 1);
}

function paintPath(context: CanvasRenderingContext2D, { d, matrix, fill, stroke, ...line }: PathShape): void {
  context.transform(...matrix);
  const path = new Path2D(d);
  if (fill !== undefined) {
    context.fillStyle = fill;
    context.fill(path);
  }
  if (stroke === undefined) return;
  context.strokeStyle = stroke;
  context.lineWidth = line.strokeWidth;
  context.lineCap = line.cap;
  context.setLineDash([...line.dashes]);
  context.stroke(path);
}

function paintShape(context: CanvasRenderingContext2D, shape: Shape): void {
  const { clip } = shape;
  context.save();
  context.beginPath();
  context.rect(clip.x, clip.y, clip.width, clip.height);
  context.clip();
  context.globalAlpha = shape.opacity;
  if (shape.type === 'box') paintBox(context, shape);
  else if (shape.type === 'text') paintText(context, shape);
  else if (shape.type === 'path') paintPath(context, shape);
  else context.drawImage(shape.image, shape.x, shape.y, shape.width, shape.height);
  context.restore();
}

/** Browsers give no canvas with longer sides, and some none of a larger area. */
const LONGEST_SIDE = 16_384;
const LARGEST_AREA = 2 ** 26;

/** So many pixels of a canvas for one of a picture: as many as are asked for, or what there is room for. */
export const scaleWithin = ({ width, height }: Size, asked: number): number =>
  Math.min(asked, LONGEST_SIDE / Math.max(width, height), Math.sqrt(LARGEST_AREA / (width * height)));

/** Paints a picture from the upper left corner of a canvas, `scale` pixels for one of the picture; what is left is plain. */
export function paintOn(canvas: HTMLCanvasElement, { background, shapes }: Picture, scale: number): void {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser gives no canvas');
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  for (const shape of shapes) paintShape(context, shape);
}

/** A canvas that is as large as the picture, `scale` pixels for one of it. Throws where the browser gives none. */
export function painting(picture: Picture, scale: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  paintOn(canvas, picture, scale);
  return canvas;
}
