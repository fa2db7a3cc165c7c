import { describe, expect, it } from 'vitest';
import { createSession } from './create-session';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: nginx
        resources: {requests: {cpu: 0.5, memory: 1Gi}}
        ports: [{containerPort: 80}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 80}]}
`;

function session() {
  const { session: made } = createSession(WEB);
  if (!made) throw new Error('no session');
  made.simulation.run({ timeMs: 10_000 });
  return made;
}

const head = ({ simulation }: ReturnType<typeof session>) => ({ step: simulation.step, timeMs: simulation.nowMs });
const told = (made: ReturnType<typeof session>, text: string, at = head(made)) =>
  made.marksOf(text, at).map(({ kind, name, line, state, drift }) => {
    const fields = drift.map(
      ({ path, here, live, take }) => `${path}: ${here}, ${live}${take ? ` @${take.range.line} ${take.text}` : ''}`,
    );
    return [`${kind} ${name} ${line} ${state}`, ...fields].join('; ');
  });

describe('the marks of a text', () => {
  it('are in sync with what it brought, however quantities and numbers are written', () => {
    expect(told(session(), WEB)).toEqual(['Deployment web 1 in-sync', 'Service web 16 in-sync']);
  });

  it('tell what is not there yet', () => {
    expect(told(session(), WEB, { step: 0, timeMs: 0 })).toEqual([
      'Deployment web 1 not-there',
      'Service web 16 not-there',
    ]);
  });

  it('tell each field that differs, with its place', () => {
    const made = session();
    made.kubectl('scale deployment web --replicas=6', head(made));
    made.kubectl('set image deployment/web web=nginx:2', head(made));
    const [deployment] = told(made, WEB);
    expect(deployment).toBe(
      'Deployment web 1 differs; spec.replicas: 3, 6 @5 replicas: 6; spec.template.spec.containers[0].image: nginx, nginx:2 @12 image: nginx:2',
    );
  });

  it('tell a value that the text has emptied until that is applied', () => {
    const made = session();
    const emptied = WEB.replace('replicas: 3', 'replicas:').replace('image: nginx', 'image:');
    expect(told(made, emptied)[0]).toBe(
      'Deployment web 1 differs; spec.replicas: null, 3 @5 replicas: 3; spec.template.spec.containers[0].image: null, nginx @12 image: nginx',
    );
    const without = WEB.replace('replicas: 3', 'replicas:');
    made.applyText(without, head(made));
    made.simulation.run({ timeMs: 20_000 });
    expect(told(made, without)[0]).toBe('Deployment web 1 in-sync');
  });

  it('tell what the text has that the cluster has not', () => {
    const text = WEB.replace('metadata: {labels: {app: web}}', 'metadata: {labels: {app: web, tier: front}}');
    expect(told(session(), text)[0]).toBe(
      'Deployment web 1 differs; spec.template.metadata.labels.tier: front, undefined',
    );
  });

  it('tell what an earlier text brought and this one has no more', () => {
    const [deployment = ''] = WEB.split('---\n');
    expect(told(session(), deployment)).toEqual(['Deployment web 1 in-sync', 'Service web null not-in-text']);
    const left = session();
    const [, gone] = left.marksOf(deployment, head(left));
    expect(gone?.source).toContain('kind: Service\n');
    expect(told(left, `${deployment}---\n${gone?.source}`)).toEqual([
      'Deployment web 1 in-sync',
      expect.stringMatching(/^Service web \d+ in-sync$/),
    ]);
    const made = session();
    made.kubectl('delete service web', head(made));
    expect(told(made, deployment)).toEqual(['Deployment web 1 in-sync']);
  });

  it('tell it until the very step that takes it away, where an edit does so later', () => {
    const made = session();
    const shop = WEB.split('---\n')[0]!.replaceAll('web', 'shop');
    made.applyText(`${WEB}---\n${shop}`, head(made));
    made.simulation.run({ timeMs: 30_000 });
    const before = head(made);
    made.simulation.run({ timeMs: 33_000 });
    made.applyText(WEB.replace('replicas: 3', 'replicas: 4'), head(made));
    const { simulation } = made;
    simulation.run({ timeMs: 40_000 });
    const isMarked = (at: typeof before) => told(made, WEB, at).includes('Deployment shop null not-in-text');
    expect(isMarked(before)).toBe(true);
    for (let step = before.step; step <= simulation.step; step += 1) {
      const live = simulation.objectAt(step, 'Deployment', 'default', 'shop') !== undefined;
      expect([step, isMarked({ step, timeMs: simulation.traceAt(step).time })]).toEqual([step, live]);
    }
    expect(simulation.objectAt(simulation.step, 'Deployment', 'default', 'shop')).toBeUndefined();
  });

  it('say nothing of a text that can not be read', () => {
    expect(told(session(), 'kind: [')).toEqual([]);
  });

  it('tell that a Secret has other values, and not which; live texts can be taken as such', () => {
    const text = `apiVersion: v1
kind: Secret
metadata: {name: db}
stringData: {password: hunter2x, user: me}
data: {token: c2VjcmV0MQ==, user: aWdub3JlZA==}
`;
    const { session: made } = createSession(text);
    if (!made) throw new Error('no session');
    made.simulation.run({ timeMs: 1_000 });
    expect(told(made, text)).toEqual(['Secret db 1 in-sync']);
    made.kubectl(`patch secret db -p '{"stringData":{"password":"höher","token":"secret2"}}'`, head(made));
    expect(told(made, text)).toEqual([
      'Secret db 1 differs; stringData.password: (hidden, 8 bytes), (hidden, 6 bytes) @4 password: "höher"; ' +
        'data.token: (hidden, 7 bytes), (hidden, 7 bytes) @5 token: "c2VjcmV0Mg=="',
    ]);
    made.kubectl(`patch secret db -p '{"data":{"password":"/w=="}}'`, head(made));
    expect(told(made, text)[0]).toMatch(/stringData.password: \(hidden, 8 bytes\), \(hidden\); /);
  });

  it('tell of a key of a Secret that every JavaScript object seems to have', () => {
    const text = 'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {constructor: a, toString: b}\n';
    const { session: made } = createSession(text);
    if (!made) throw new Error('no session');
    made.simulation.run({ timeMs: 1_000 });
    expect(told(made, text)).toEqual(['Secret db 1 in-sync']);
    made.kubectl('patch secret db --type=json -p \'[{"op":"remove","path":"/data/constructor"}]\'', head(made));
    expect(told(made, text)[0]).toMatch(/^Secret db 1 differs; stringData.constructor: \(hidden, 1 bytes\), /);
  });
});
