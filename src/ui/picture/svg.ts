/** A picture as an SVG document that stands by itself: no fonts, scripts or styles of the page; words keep their width in another font. */
import { escaped } from '../share/escaped';
import type { Box, Picture, Shape } from './shapes';

const round = (value: number): string => String(Math.round(value * 100) / 100);

type Attributes = Readonly<Record<string, string | number | undefined>>;

function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escaped(String(value))}"`)
    .join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

const opacityOf = ({ opacity }: Shape): number | undefined => (opacity < 1 ? opacity : undefined);

function drawn(shape: Shape): string {
  const opacity = opacityOf(shape);
  switch (shape.type) {
    case 'box': {
      const { x, y, width, height, radius, fill, stroke, strokeWidth } = shape;
      const line = stroke === undefined ? {} : { stroke, 'stroke-width': strokeWidth };
      return element('rect', { x, y, width, height, rx: radius || undefined, fill: fill ?? 'none', ...line, opacity });
    }
    case 'text': {
      const { x, y, width, text, size, weight, family, fill } = shape;
      const font = { 'font-family': family, 'font-size': size, 'font-weight': weight };
      const kept = { textLength: width, lengthAdjust: 'spacingAndGlyphs', 'xml:space': 'preserve' };
      return element('text', { x, y, ...font, fill, ...kept, opacity }, escaped(text));
    }
    case 'path': {
      const { d, matrix, fill, stroke, strokeWidth, dashes, cap } = shape;
      const line = { 'stroke-width': strokeWidth, 'stroke-dasharray': dashes.join(' '), 'stroke-linecap': cap };
      const transform = `matrix(${matrix.map(round).join(' ')})`;
      return element('path', { d, transform, fill: fill ?? 'none', stroke, ...(stroke ? line : {}), opacity });
    }
    case 'image': {
      const { x, y, width, height, image } = shape;
      return element('image', { x, y, width, height, href: image.toDataURL('image/png'), opacity });
    }
  }
}

const keyOf = ({ x, y, width, height }: Box): string => [x, y, width, height].map(round).join(' ');

/** See the header. */
export function svgOf({ width, height, background, shapes }: Picture, title: string): string {
  const clips = new Map<string, { readonly id: string; readonly box: Box }>();
  for (const { clip } of shapes) {
    if (!clips.has(keyOf(clip))) clips.set(keyOf(clip), { id: `clip-${clips.size}`, box: clip });
  }
  const defined = [...clips.values()].map(({ id, box: { x, y, width: w, height: h } }) =>
    element('clipPath', { id }, element('rect', { x, y, width: w, height: h })),
  );
  const parts: string[] = [];
  let open = '';
  for (const shape of shapes) {
    const { id } = clips.get(keyOf(shape.clip)) ?? { id: '' };
    if (id !== open) {
      if (open !== '') parts.push('</g>');
      parts.push(`<g clip-path="url(#${id})">`);
      open = id;
    }
    parts.push(drawn(shape));
  }
  if (open !== '') parts.push('</g>');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<defs>${defined.join('')}</defs>`,
    element('rect', { width, height, fill: background }),
    ...parts,
    '</svg>\n',
  ].join('\n');
}
