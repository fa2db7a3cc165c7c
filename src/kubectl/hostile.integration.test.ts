import { describe, expect, it } from 'vitest';
import { createTerminal, NGINX } from '../testing/terminal';
import { MISTAKE } from './user';

/** Words that only JavaScript would say. */
const JAVASCRIPT =
  /undefined|TypeError|RangeError|Cannot read|is not a function|is not iterable|\[object |NaN|call stack|function Object/;

describe('hostile lines', () => {
  const { run, world } = createTerminal({ nodes: 1 });
  run('apply -f -', NGINX);
  world.runFor(3_000);

  it.each<[string, string?]>([
    ['apply -f -', 'apiVersion: v1\nkind: Namespace\n'],
    ['apply -f -', 'apiVersion: v1\nkind: Namespace\nmetadata:\n'],
    ['create -f -', 'apiVersion: v1\nkind: Node\nmetadata:\n'],
    ['replace -f -', 'apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\n'],
    ['delete -f -', 'apiVersion: v1\nkind: Namespace\n'],
    ['apply -f -', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: [{toString: x}]}\n'],
    ['apply -f -', 'apiVersion: v1\nkind: ConfigMap\nmetadata: 5\n'],
    ['apply -f -', 'apiVersion: v1\nkind: ConfigMap\nmetadata: [a]\n'],
    ['apply -f -', 'apiVersion: v1\nkind: List\nitems: [null, 5, {kind: 3}]\n'],
    ['apply -f -', 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: null\n'],
    [
      'apply -f -',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: null, annotations: {a: null}}\nspec: {containers: [null]}\n',
    ],
    ['apply -f -', '__proto__: {a: b}\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'],
    ['apply -f -', 'apiVersion: v1\nkind: constructor\nmetadata: {name: a}\n'],
    ['label deploy nginx constructor=x'],
    ['label deploy nginx toString-'],
    ['annotate deploy nginx __proto__=x'],
    ['get pods -l toString'],
    ['get pods -L constructor'],
    ['get pods --field-selector constructor=x'],
    ['get constructor'],
    ['get toString/x'],
    ['get pods -o constructor'],
    ['get deploy nginx -o jsonpath={.constructor.name}'],
    ['get deploy nginx -o jsonpath={.metadata.__proto__}'],
    ["get deploy nginx -o go-template='{{.constructor}}'"],
    ['get deploy nginx -o go-template=\'{{index .metadata "toString"}}\''],
    ['get deploy nginx -o custom-columns=A:.constructor'],
    ['get pods --sort-by=.constructor'],
    ['create configmap x --from-literal=__proto__=a --from-literal=constructor=b'],
    ['create constructor x'],
    ['rollout toString deploy/nginx'],
    ['set env deploy/nginx __proto__=x constructor=y'],
    ['set image deploy/nginx constructor=x'],
    ['taint node node-1 constructor=x:NoSchedule'],
    ['patch deploy nginx -p null'],
    ['patch deploy nginx -p \'{"kind": true}\''],
    ['patch deploy nginx -p \'{"metadata": null}\''],
    ['patch deploy nginx --type=json -p \'[{"op":"add","path":"/__proto__/x","value":1}]\''],
    ['patch deploy nginx --type=json -p \'[{"op":"replace","path":"","value":null}]\''],
    ['patch deploy nginx --type=merge -p \'{"spec": {"template": 5}}\''],
    ['patch deploy nginx --dry-run=client --type=json -p \'[{"op":"replace","path":"","value":null}]\''],
    ['patch deploy nginx --dry-run=client --type=json -p \'[{"op":"replace","path":"","value":[]}]\''],
    ['patch deploy nginx --dry-run=client --type=json -p \'[{"op":"remove","path":"/kind"}]\''],
    ['patch deploy nginx --dry-run=client --type=merge -p \'{"kind": {}}\''],
    ['patch deploy nginx --dry-run=client --type=merge -p \'{"apiVersion": null}\''],
    ['patch deploy nginx --dry-run=client --type=merge -p \'{"kind": "constructor", "metadata": null}\''],
    ['patch deploy nginx --dry-run=client --type=merge -p \'{"metadata": 5}\' -o yaml'],
    ['patch deploy nginx --dry-run=client --type=merge -p \'{"metadata": {"name": {}}}\' -o name'],
    ['run x --image=a --port=99999999999999999999'],
    [`get pods -o jsonpath='${'{range .items[*]}'.repeat(60)}'`],
    [`get pods -o jsonpath='${'{range .items[*]}'.repeat(3000)}'`],
    [`get deploy -o jsonpath='{${'..*'.repeat(12)}}'`],
    [`get pods -o go-template='${'{{if 1}}'.repeat(5000)}'`],
    ['scale deploy nginx --replicas=2147483648'],
    ['wait --for=jsonpath={.constructor}=x deploy/nginx --timeout=1s'],
    ['wait --for=condition=__proto__ deploy/nginx --timeout=1s'],
    ['run constructor --image=a --overrides=\'{"spec": null}\''],
    ['run x --image=a --overrides=\'{"metadata": null}\''],
    ['expose deploy nginx --port=80 --name=__proto__'],
    ['get --raw /api/v1/constructor'],
    ['describe constructor x'],
    ['explain constructor'],
  ])('%s %j', (command, stdin) => {
    const { stdout, stderr } = run(command, stdin, 20_000);
    expect(stderr).not.toContain(MISTAKE);
    expect(stdout + stderr).not.toMatch(JAVASCRIPT);
  });
});
