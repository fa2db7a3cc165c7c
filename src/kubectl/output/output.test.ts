import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../engine/api/meta';
import { renderOutput } from './output';

const POD: KubeObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', labels: { app: 'web', tier: 'front' } },
  spec: { containers: [{ name: 'nginx' }, { name: 'log' }], nodeName: 'node-1' },
};
const DEPLOYMENT: KubeObject = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'shop' }, note: 'a < b' };
const ONE = { asList: false };
const MANY = { asList: true };

describe('renderOutput', () => {
  it('prints one object by itself', () => {
    expect(renderOutput('json', '', [DEPLOYMENT], ONE)).toBe(`{
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
        "name": "shop"
    },
    "note": "a \\u003c b"
}
`);
    expect(renderOutput('yaml', '', [DEPLOYMENT], ONE)).toBe(
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\nnote: a < b\n',
    );
  });
  it('prints several, or what could have been several, as a List', () => {
    expect(renderOutput('yaml', '', [DEPLOYMENT], MANY)).toBe(`apiVersion: v1
items:
- apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: shop
  note: a < b
kind: List
metadata:
  resourceVersion: ""
`);
    expect(renderOutput('json', '', [], MANY)).toBe(
      '{\n    "apiVersion": "v1",\n    "items": [],\n    "kind": "List",\n    "metadata": {\n        "resourceVersion": ""\n    }\n}\n',
    );
    expect(renderOutput('jsonpath', '{.items[*].metadata.name}', [POD, DEPLOYMENT], MANY)).toBe('web shop');
    expect(renderOutput('jsonpath', '{.metadata.name}', [POD], ONE)).toBe('web');
  });
  it('prints names', () => {
    expect(renderOutput('name', '', [POD, DEPLOYMENT], MANY)).toBe('pod/web\ndeployment.apps/shop\n');
  });
  it('prints custom columns', () => {
    const columns = 'NAME:.metadata.name,NODE:{.spec.nodeName},C:spec.containers[*].name,LABELS:.metadata.labels';
    expect(renderOutput('custom-columns', columns, [POD, DEPLOYMENT], MANY)).toBe(
      'NAME   NODE     C           LABELS\n' +
        'web    node-1   nginx,log   map[app:web tier:front]\n' +
        'shop   <none>   <none>      <none>\n',
    );
    expect(renderOutput('custom-columns', 'N:.metadata.name', [POD], { ...ONE, noHeaders: true })).toBe('web\n');
  });
  it.each([
    ['custom-columns', '', 'custom-columns format specified but no custom columns given'],
    ['custom-columns', 'NAME', 'unexpected custom-columns spec: NAME, expected <header>:<json-path-expr>'],
    [
      'custom-columns',
      'A:{.a',
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
    ],
    ['jsonpath', '', 'template format specified but no template given'],
  ])('%s=%s: %s', (format, template, message) => {
    expect(() => renderOutput(format, template, [POD], ONE)).toThrow(message);
  });
});
