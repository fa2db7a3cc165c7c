/** Fuzz target: YAML texts, characters of good ones cut, doubled and swapped, and the corners of the language put in. */
import { createSession } from '../../session/create-session';
import { validateText } from '../../session/validate';
import { applyCases } from '../parity/cases';
import { type FuzzTarget, runComplaints, scriptWordsIn } from './target';

const CORNERS = [
  ...[
    '<<: *a',
    '<<: null',
    '<<: [x]',
    '&a ',
    '*a',
    '? ',
    '- ',
    '!!binary x',
    '!!str ',
    '!x ',
    '|\n',
    '>-\n',
    '"\\x0g"',
    "'",
    '"',
    '{',
    '}',
    '[',
    ']',
  ],
  ...[
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '\t',
    '\r\n',
    '\u0000',
    '\ufeff',
    '#',
    ': ',
    ',',
    '~',
    '0o7',
    '1_000',
    '.inf',
    'y',
    '2026-01-01',
    'e1',
  ],
];

/** Texts as someone types them. */
export function texts(): FuzzTarget {
  const corpus = applyCases().flatMap(({ manifest }) =>
    typeof manifest === 'string' ? [manifest] : [JSON.stringify(manifest, null, 1)],
  );
  return {
    name: 'texts',
    draw(dice) {
      let text = dice.pick(corpus.filter(Boolean));
      for (const _ of dice.several(1, 4, () => 0)) {
        const at = dice.below(text.length + 1);
        const to = at + dice.below(20);
        const put = dice.pick([
          () => '',
          () => dice.pick(CORNERS),
          () => text.slice(at, to),
          () => text.slice(to, to + 9),
        ])();
        text = text.slice(0, at) + put + text.slice(dice.oneIn(2) ? at : to);
      }
      return text;
    },
    judge(input) {
      const findings = validateText(input);
      const { session, problems } = createSession(input);
      const said = [...findings, ...problems].flatMap(({ message }) => scriptWordsIn(message, input));
      return session && problems.length === 0 ? [...said, ...runComplaints(session, 1000, input)] : said;
    },
  };
}
