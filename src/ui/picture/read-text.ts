/** Reads words off the page. */
import { type CutLine, number, placed, plainColour, type Reading, type Surroundings } from './reading';
import { sharedBox } from './shapes';

/** The lines into which a text is broken, each with its place. */
function linesOf(node: Text): { readonly text: string; readonly rect: DOMRect }[] {
  const range = document.createRange();
  range.selectNodeContents(node);
  const rects = [...range.getClientRects()];
  const [only] = rects;
  if (only && rects.length === 1) return [{ text: node.data, rect: only }];
  const lines: { text: string; rect: DOMRect }[] = [];
  for (let at = 0; at < node.data.length; at += 1) {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const rect = range.getBoundingClientRect();
    const last = lines.at(-1);
    if (rect.width === 0) continue;
    if (last && Math.abs(last.rect.top - rect.top) < 2) {
      last.text += node.data[at];
      last.rect = new DOMRect(last.rect.left, last.rect.top, rect.right - last.rect.left, last.rect.height);
    } else lines.push({ text: node.data[at] ?? '', rect });
  }
  return lines;
}

/** Words of a line that is cut, with dots where its room ends; undefined when nothing of them is in sight. */
function fitted(words: string, x: number, width: number, line: CutLine, pen: CanvasRenderingContext2D) {
  const whole = pen.measureText(words).width;
  const dots = (pen.measureText('…').width * width) / whole;
  const room = line.right - x - dots;
  if (line.isCut) return undefined;
  if (width <= room) return { words, width };
  line.isCut = true;
  const widthOf = (text: string) => (pen.measureText(text).width * width) / whole;
  let length = Math.min(words.length, Math.ceil((words.length * Math.max(0, room)) / width) + 2);
  while (length > 0 && widthOf(words.slice(0, length)) > room) length -= 1;
  const kept = `${words.slice(0, length)}…`;
  return { words: kept, width: widthOf(kept) };
}

/** The words of an element itself, line by line. */
export function readText(
  reading: Reading,
  node: Text,
  style: CSSStyleDeclaration,
  { clip, opacity, scale, line }: Surroundings,
): void {
  const fill = plainColour(style.color);
  if (node.data.trim() === '' || fill === undefined) return;
  const [size, weight, family] = [number(style.fontSize) * scale, style.fontWeight, style.fontFamily];
  reading.pen.font = `${weight} ${size}px ${family}`;
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = reading.pen.measureText('x');
  for (const { text, rect } of linesOf(node)) {
    const { x, y, width, height } = placed(reading, rect);
    const shown = style.whiteSpace.startsWith('pre') ? text : text.replaceAll(/\s+/g, ' ').trim();
    const cased = style.textTransform === 'uppercase' ? shown.toUpperCase() : shown;
    if (cased === '' || sharedBox({ x, y, width, height }, clip).width === 0) continue;
    const shownOf = line ? fitted(cased, x, width, line, reading.pen) : { words: cased, width };
    if (!shownOf) continue;
    const { words, width: wide } = shownOf;
    const baseline = y + height * (ascent / (ascent + descent));
    reading.shapes.push({
      type: 'text',
      x,
      y: baseline,
      width: wide,
      text: words,
      size,
      weight,
      family,
      fill,
      clip,
      opacity,
    });
  }
}
