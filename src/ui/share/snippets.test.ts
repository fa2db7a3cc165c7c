import { Marked } from 'marked';
import { expect, test } from 'vitest';
import { frameSnippet, markdownOf } from './snippets';

const LINK = 'https://a.example/#s=dAb-_&t=3&select=Pod/default/web-1';

test('a frame carries the link, and what is in it opens nothing else', () => {
  const snippet = frameSnippet(LINK, '"><script>alert(1)</script>');
  expect(snippet).toContain(`src="${LINK.replaceAll('&', '&amp;')}"`);
  expect(snippet).toContain('width="640" height="400"');
  expect(snippet.match(/</g)).toHaveLength(2);
});

test('Markdown tells what happened, with the link, whatever the words are', () => {
  const told = {
    title: 'A *bold* [rollout](x) <img src=x>',
    at: 'at 22.300 s, step 143',
    sentence: 'Scaled up replica set `web_1` from 0 to 3 | done',
    link: `${LINK}(1)`,
    open: 'Open it',
  };
  const html = new Marked({ gfm: true }).parse(markdownOf(told), { async: false });
  expect(html).toContain('A *bold* [rollout](x) &lt;img src=x&gt;</strong>, at 22.300 s, step 143');
  expect(html).toContain('replica set `web_1` from 0 to 3 | done');
  expect(html.match(/<a href="([^"]*)">Open it<\/a>/)?.[1]).toBe(`${LINK}%281%29`);
  expect(markdownOf({ ...told, picture: 'a.png' })).toContain('](a.png)](https://a.example/');
  expect(markdownOf({ ...told, sentence: '' })).not.toContain('143:');
});
