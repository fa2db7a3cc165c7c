/** Lists with wrong items, and what kubectl 1.36.3 says of them (asked of a real cluster). */
import { describe, expect, it } from 'vitest';
import { createTerminal } from '../testing/terminal';

const map = (name: string): object => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { a: 'b' } });
const list = (items: unknown, kind = 'List'): string => JSON.stringify({ apiVersion: 'v1', kind, items });
const invalid = (why: string): string =>
  `error: error validating "STDIN": error validating data: ${why}; if you choose to ignore these errors, turn validation off with --validate=false\n`;
const WHOLE = invalid('invalid object to validate');
const undecoded = (why: string): string => `error: unable to decode "STDIN": json: cannot unmarshal ${why}\n`;
const UNTYPED = 'unable to get type info from the object "*unstructured.Unstructured": ';
const NO_KIND = `${UNTYPED}Object 'Kind' is missing in 'object has no kind field '\n`;
const NO_VERSION = `${UNTYPED}Object 'apiVersion' is missing in 'object has no apiVersion field'\n`;
const NESTED = 'error: *unstructured.Unstructured is not a list: no Items field in this object\n';
const UNKNOWN =
  'error: resource mapping not found for name: "" namespace: "" from "STDIN": no matches for kind "FooList" in version "v1"\nensure CRDs are installed first\n';
const FOO = { apiVersion: 'v1', kind: 'Foo', metadata: { name: 'x' } };
const NO_FOO = 'unable to recognize no matches for kind "Foo" in version "v1"\n';

describe('a List', () => {
  const { run } = createTerminal({ nodes: 0 });
  it.each<[what: string, text: string, created: string, refused: string, undeleted: string]>([
    ['a number', list([map('a'), 5]), '', WHOLE, undecoded('number into Go value of type map[string]interface {}')],
    ['a text', list(['x']), '', WHOLE, undecoded('string into Go value of type map[string]interface {}')],
    ['nothing', list([null]), '', WHOLE, NO_KIND],
    ['an empty object', list([{}]), '', invalid('[apiVersion not set, kind not set]'), NO_KIND],
    ['an empty kind', list([{ ...map('x'), kind: '' }]), '', NO_KIND, NO_KIND],
    ['an empty version', list([{ ...map('x'), apiVersion: '' }]), '', NO_VERSION, NO_VERSION],
    [
      'a version in number',
      list([{ ...map('x'), apiVersion: 5 }]),
      '',
      invalid("apiVersion isn't string type"),
      NO_VERSION,
    ],
    ['an unknown kind', list([map('b'), FOO, map('c')]), 'configmap/b created\nconfigmap/c created\n', NO_FOO, NO_FOO],
    ['a list', list([map('d'), { ...map('e'), items: [] }]), '', NESTED, NESTED],
    [
      'no items',
      list(5),
      '',
      WHOLE,
      undecoded('number into Go struct field decodeList.items of type []json.RawMessage'),
    ],
    ['an unknown list', list([map('f')], 'FooList'), '', UNKNOWN, UNKNOWN],
    ['a list of a kind', list([{ metadata: { name: 'g' } }], 'ConfigMapList'), 'configmap/g created\n', '', ''],
  ])('%s', (_what, text, created, refused, undeleted) => {
    expect(run('create -f -', text)).toMatchObject({ stdout: created, stderr: refused });
    const stdout = created.replace(/configmap\/(.) created/g, 'configmap "$1" deleted from default namespace');
    expect(run('delete -f -', text)).toMatchObject({ stdout, stderr: undeleted });
  });
});
