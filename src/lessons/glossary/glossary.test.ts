import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KINDS } from '../../engine/api/kinds/registry';
import { readConcepts } from '../coverage/coverage';
import { piecesOf, readGlossary, termOfCode } from './glossary';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

const GLOSSARY = readGlossary(read('terms.txt'));

const marked = (text: string, glossary = GLOSSARY): string =>
  piecesOf(glossary, text, new Set())
    .map(({ text: piece, term }) => (term ? `[${piece}]` : piece))
    .join('');

describe('the list of terms', () => {
  it('has four columns, a meaning in both languages, and each name once', () => {
    const lines = read('terms.txt').split('\n').filter(Boolean);
    expect(lines.filter((line) => line.split('|').length !== 4)).toEqual([]);
    expect(
      GLOSSARY.terms.filter(
        ({ meaning: { en, zh } }) => !/^[\w“-].{10,220}\.$/.test(en) || !/[\u4e00-\u9fff].*。$/.test(zh),
      ),
    ).toEqual([]);
    const names = GLOSSARY.terms.flatMap((term) => term.names);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
  it('tells every concept that is out of scope', () => {
    const told = new Set(GLOSSARY.terms.flatMap(({ concepts }) => concepts));
    const out = readConcepts(read('../coverage/concepts.txt')).filter(({ scope }) => scope === 'out');
    expect(out.length).toBeGreaterThan(30);
    expect(out.filter(({ id }) => !told.has(id)).map(({ id, title }) => `${id} ${title}`)).toEqual([]);
  });
});

it.each([
  ['A Pod on a node: Pods and a second Pod', 'A [Pod] on a [node]: Pods and a second Pod'],
  ['Labels are found by a label selector.', '[Labels] are found by a label [selector].'],
  ['the readiness probe, and another probe', 'the [readiness probe], and another [probe]'],
  [
    'Podium, kube-proxy-abc, web.Pod, my-node, node/web, deployment-controller',
    'Podium, kube-proxy-abc, web.Pod, my-node, node/web, deployment-controller',
  ],
  ['标签由选择器找到，Pod也是', '[标签]由[选择器]找到，[Pod]也是'],
  ['no terms', 'no terms'],
  ['', ''],
])('%s', (text, wanted) => expect(marked(text)).toBe(wanted));

it('everyday words are terms only as code', () => {
  expect(marked('It requests a limit')).toBe('It requests a limit');
  const names = ['requests', 'limits: {cpu: 1}', 'maxSurge: 25%', 'kubectl get pods', ''].map(
    (code) => termOfCode(GLOSSARY, code)?.names[0],
  );
  expect(names).toEqual(['resource request', 'resource limit', 'maxSurge', undefined, undefined]);
});

it('names with signs of regular expressions are names', () => {
  const odd = readGlossary('a.b(c | | Meaning of it. | 意思。\n');
  expect(marked('a.b(c axb(c', odd)).toBe('[a.b(c] axb(c');
});

it('the kinds that lessons speak of are in it', () => {
  const rare =
    /^(APIService|.*(Webhook|ValidatingAdmission).*|CSI.*|VolumeAtt.*|PodTemplate|ControllerRevision|RuntimeClass|IngressClass)$/;
  const missing = KINDS.map(({ kind }) => kind).filter((kind) => !rare.test(kind) && !GLOSSARY.byName.has(kind));
  expect(missing).toEqual([]);
});
