import { expect, test } from 'vitest';
import { type Shape, sharedBox } from './shapes';
import { svgOf } from './svg';

const all = { x: 0, y: 0, width: 100, height: 50 };
const left = { ...all, width: 40 };
const text = (words: string, clip = all): Shape => {
  const font = { size: 13, weight: '400', family: '"IBM Plex Sans", sans-serif' };
  return { type: 'text', x: 1, y: 20.456, width: 30, text: words, ...font, fill: '#123', clip, opacity: 1 };
};
const box: Shape = { type: 'box', ...all, radius: 4, fill: 'rgb(1, 2, 3)', strokeWidth: 0, clip: all, opacity: 0.5 };

test('a picture is a document of its own, in which words are only words', () => {
  const svg = svgOf({ ...all, background: '#fff', shapes: [box, text('<script>"&'), text('b', left)] }, 'A & <b>');
  expect(svg).toContain('<title>A &amp; &lt;b&gt;</title>');
  expect(svg).toContain('textLength="30"');
  expect(svg).toContain('y="20.46"');
  expect(svg).toContain('>&lt;script&gt;&quot;&amp;</text>');
  expect(svg).not.toContain('<script');
  expect(svg).toContain('<rect x="0" y="0" width="100" height="50" rx="4" fill="rgb(1, 2, 3)" opacity="0.5"/>');
  // One group for what is cut in the same way.
  expect(svg.match(/<g clip-path/g)).toHaveLength(2);
  expect(svg.match(/<\/g>/g)).toHaveLength(2);
});

test('what two boxes share', () => {
  expect(sharedBox(all, { x: 60, y: -10, width: 100, height: 20 })).toEqual({ x: 60, y: 0, width: 40, height: 10 });
  expect(sharedBox(all, { x: 200, y: 0, width: 5, height: 5 }).width).toBe(0);
});
