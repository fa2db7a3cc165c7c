import { expect, it } from 'vitest';
import { compileCondition } from './condition';
import { unknownFields } from './unknown-fields';

function unknownIn(text: string): readonly string[] {
  const compiled = compileCondition(text);
  if ('problem' in compiled) throw new Error(compiled.problem);
  return unknownFields(compiled.tree);
}

it.each([
  ["get('Deployment', 'web').status.redyReplicas == 3", 'Deployment.status has no field redyReplicas'],
  ["get('Deployment', 'web').sttus.replicas == 3 && true", 'Deployment has no field sttus'],
  ["list('Pod').filter(p, p.status.phse == 'Running').size() == 3", 'Pod.status has no field phse'],
  ["list('Pod').exists(p, p.spec.containers.exists(c, c.imag == 'a'))", 'Pod.spec.containers has no field imag'],
  ["list('Pod')[0].spec.containers[0].resources.limit == null", 'Pod.spec.containers.resources has no field limit'],
  ["list('Pod').map(p, p.metadata).exists(m, m.labls.app == 'a')", 'Pod.metadata has no field labls'],
  ["cel.bind(d, get('Deployment', 'web'), d.spec.replica == 3)", 'Deployment.spec has no field replica'],
  ["events('Killing').exists(e, e.mesage == 'a')", 'Event has no field mesage'],
  ["has(get('Service', 'web').spec.selectors)", 'Service.spec has no field selectors'],
  ["get('Deployment', 'web').spec.replicas.count == 3", 'Deployment.spec.replicas has no fields (count)'],
])('%s: %s', (text, said) => {
  expect(unknownIn(text)).toEqual([said]);
});

it.each([
  "get('Deployment', 'web').metadata.labels.app == 'web' && get('Deployment', 'web').kind == 'Deployment'",
  "get('Node', 'node-1').status.allocatable.cpu == '4'",
  "get('Pod', 'web').metadata.annotations['a/b'] == 'c'",
  "list('Pod').filter(p, p.metadata.deletionTimestamp == null).map(p, p.spec.nodeName).size() == 3",
  "get('Widget', 'a').spec.anything.goes == 3 && requests().failed == 0 && step.object.kind == 'Pod'",
  "get('ConfigMap', 'a').data.exists(k, k == 'a') && get('Secret', 'a').data.user == 'YQ=='",
  "get('Pod', 'a').status.containerStatuses.exists(s, s.state.waiting.reason == 'CrashLoopBackOff')",
])('nothing is unknown in %s', (text) => {
  expect(unknownIn(text)).toEqual([]);
});
