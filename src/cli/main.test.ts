import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { encodeLink } from '../scenario/share-link';
import { createSession } from '../session/create-session';
import { main } from './main';

// Long on a slow machine; nothing here measures time.
vi.setConfig({ testTimeout: 120_000 });

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: 'shop:1'}]}
`;
const SETTINGS = `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
metadata: {name: shop}
spec:
  title: A shop
  duration: 20s
  actions:
  - {at: 10s, kubectl: scale deployment web --replicas=3}
  - {at: 12s, kubectl: get deployment ghost}
`;

let folder = '';
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubestep-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command line in this process. */
function kubestep(argv: readonly string[], input = ''): { code: number; out: string; err: string } {
  let out = '';
  let err = '';
  const code = main(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    input: () => input,
  });
  return { code, out, err };
}

const lines = (text: string): Record<string, unknown>[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('kubestep kubectl', () => {
  const given = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: default}\ndata: {a: b}\n';
  const run = (line: string, stdin: string) =>
    kubestep(['kubectl', file('map.yaml', given), '--at', '5s', '--', ...line.split(' ')], stdin);

  it.each([
    ['apply -f -', given.replace('a: b', 'a: c'), 'configmap/c configured\n', 0],
    ['edit cm c', given.replace('a: b', 'a: c'), 'configmap/c edited\n', 0],
    ['edit cm c', '', '', 0],
    ['edit cm c', 'not: [yaml', '', 1],
    ['get cm c -o name', 'never read', 'configmap/c\n', 0],
  ])('%s has what stands on standard input', (line, stdin, out, code) => {
    expect(run(line, stdin)).toMatchObject({ out, code });
  });
});

describe('kubestep run', () => {
  const shop = (format: string, ...more: string[]) =>
    kubestep(['run', file('shop.yaml', `${SETTINGS}---\n${WEB}`), '-o', format, ...more]);

  it('summarises for people by default', () => {
    const { code, out } = kubestep(['run', file('shop.yaml', `${SETTINGS}---\n${WEB}`)]);
    expect(code).toBe(0);
    expect(out).toMatch(/^A shop\n/);
    expect(out).toContain('kubectl scale deployment web --replicas=3');
    expect(out).toMatch(/\d+ steps in 20\.000 s of virtual time; stored now: .*Deployment 1.*Pod 3/);
  });

  it('prints a JSON line per step', () => {
    const trace = lines(shop('trace').out);
    trace.forEach((line, index) => {
      expect(Object.keys(line)).toEqual(['step', 'time', 'actor', 'verb', 'object', 'cause', 'message']);
      expect(line.step).toBe(index + 1);
    });
    const created = trace.find(({ verb, actor }) => verb === 'create' && actor === 'replicaset-controller');
    expect(created?.object).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: 'default',
      name: expect.stringMatching(/^web-[0-9a-z]+-[0-9a-z]{5}$/),
      uid: expect.any(String),
      resourceVersion: expect.stringMatching(/^\d+$/),
    });
  });

  it('hashes the trace and the objects', () => {
    const { out } = shop('hash');
    const printed = createHash('sha256').update(shop('trace').out).update(shop('objects').out);
    expect(out).toBe(`kubestep-2:${printed.digest('hex')}\n`);
    expect(shop('hash', '--seed', '2').out).not.toBe(out);
    expect(shop('hash', '--seed', '1').out).toBe(out);
  });

  it('prints a JSON line per watch event', () => {
    const watch = lines(shop('watch').out);
    const known = new Set<string>();
    let step = 1;
    for (const line of watch) {
      expect(Object.keys(line)).toEqual(['time', 'step', 'type', 'object']);
      const { kind, metadata } = line.object as { kind: string; metadata: { uid: string } };
      const id = `${kind} ${metadata.uid}`;
      expect(line.type).toMatch(known.has(id) ? /^(MODIFIED|DELETED)$/ : /^ADDED$/);
      known.add(id);
      expect(line.step).toBeGreaterThanOrEqual(step);
      step = line.step as number;
    }
    expect(watch.some(({ object }) => (object as { kind: string }).kind === 'Event')).toBe(true);
  });

  it('lists all that is stored, in order', () => {
    const list = JSON.parse(shop('objects').out);
    expect(list).toMatchObject({ apiVersion: 'v1', kind: 'List' });
    const keys = list.items.map(
      ({
        apiVersion,
        kind,
        metadata,
      }: {
        apiVersion: string;
        kind: string;
        metadata: { namespace?: string; name: string };
      }) => [apiVersion, kind, metadata.namespace ?? '', metadata.name].join('\u0000'),
    );
    expect(keys).toEqual([...keys].sort());
    expect(list.items.filter(({ kind }: { kind: string }) => kind === 'Pod')).toHaveLength(3);
  });

  it('prints a JSON line per document applied at 0 and per action', () => {
    const { out, err } = shop('commands');
    expect(lines(out)).toEqual([
      {
        time: 0,
        command: expect.stringMatching(/^apply/),
        stdout: 'deployment.apps/web created\n',
        stderr: '',
        code: 0,
      },
      {
        time: 10_000,
        command: 'scale deployment web --replicas=3',
        stdout: 'deployment.apps/web scaled\n',
        stderr: '',
        code: 0,
      },
      {
        time: 12_000,
        command: 'get deployment ghost',
        stdout: '',
        stderr: 'Error from server (NotFound): deployments.apps "ghost" not found\n',
        code: 1,
      },
    ]);
    expect(err).toBe('Error from server (NotFound): deployments.apps "ghost" not found\n');
  });

  it('at time 0 has nodes, then manifests, then actions', () => {
    const node = 'apiVersion: v1\nkind: Node\nmetadata: {name: node-1, labels: {disk: ssd}}\n';
    const action = '{at: 0s, kubectl: get deployment web -o name}';
    const settings = `apiVersion: kubestep.dev/v1alpha1\nkind: Scenario\nspec: {duration: 1s, actions: [${action}]}\n`;
    const { out } = kubestep(['run', '-', '-o', 'commands'], `${settings}---\n${WEB}---\n${node}`);
    expect(lines(out).map(({ stdout }) => stdout)).toEqual([
      'deployment.apps/web created\n',
      'node/node-1 configured\n',
      'deployment.apps/web\n',
    ]);
  });

  it('says of a command that never ends what it has printed, and nothing of those that begin after the run', () => {
    const action = '{at: 1s, kubectl: "wait pod/none --for=condition=Ready --timeout=-1s"}, {at: 4s, kubectl: get ns}';
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: none}\nspec: {nodeName: nowhere, containers: [{name: c, image: c}]}\n';
    const settings = `apiVersion: kubestep.dev/v1alpha1\nkind: Scenario\nspec: {duration: 6s, actions: [${action}]}\n`;
    const { out } = kubestep(['run', '-', '--until', '2s', '-o', 'commands'], `${settings}---\n${pod}`);
    expect(lines(out)).toMatchObject([{ time: 0 }, { time: 1000, stdout: '', code: null }]);
  });

  it('prints events as kubectl does', () => {
    const { out } = shop('events');
    expect(out).toMatch(/^NAMESPACE +LAST SEEN +TYPE +REASON +OBJECT +MESSAGE\n/);
    expect(out).toMatch(
      /default +\d+s +Normal +ScalingReplicaSet +deployment\/web +Scaled up replica set web-\w+ from 0 to 2\n/,
    );
  });

  it('prints nothing for requests when there are none', () =>
    expect(shop('requests')).toMatchObject({ code: 0, out: '' }));

  it('prints a JSON line per second and source of requests', () => {
    const traffic = '{name: u, target: "http://web.default/", rps: 10, from: 5s, to: 8s}';
    const { code, out } = kubestep([
      ...['run', file('sources.yaml', `${SETTINGS.replace('spec:\n', `spec:\n  traffic: [${traffic}]\n`)}---\n${WEB}`)],
      ...['-o', 'requests'],
    ]);
    expect(code).toBe(0);
    const counts = lines(out) as { time: number; source: string; sent: number; ok: number; failed: object }[];
    expect(counts.map(({ time, source, sent }) => `${time} ${source} ${sent}`).slice(0, 3)).toEqual([
      '5000 u 10',
      '6000 u 10',
      '7000 u 10',
    ]);
    expect(Object.keys(counts[0] ?? {})).toEqual(['time', 'source', 'sent', 'ok', 'failed']);
  });

  it('stops where it is told', () => {
    expect(lines(shop('trace', '--until', '5s').out).at(-1)?.time).toBeLessThanOrEqual(5000);
    expect(shop('summary', '--until', '1m30s').out).toContain('in 90.000 s of virtual time');
  });

  it('reads several files and standard input as one stream', () => {
    const one = shop('hash').out;
    const { out, code } = kubestep(['run', file('settings.yaml', SETTINGS.trimEnd()), '-', '-o', 'hash'], WEB);
    expect(code).toBe(0);
    expect(out).toBe(one);
  });

  it('runs what came before a rejection, and ends with 1', () => {
    const refused = WEB.replace('replicas: 2', 'replicas: -1').replace('name: web', 'name: bad');
    const { code, out, err } = kubestep(['run', file('refused.yaml', `${WEB}---\n${refused}`), '--until', '10s']);
    expect(code).toBe(1);
    expect(err).toContain(
      'The Deployment "bad" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    );
    expect(out).toContain('Pod 2');
  });
});

describe('kubestep kubectl', () => {
  const kubectl = (...argv: string[]) => kubestep(['kubectl', file('shop.yaml', `${SETTINGS}---\n${WEB}`), ...argv]);

  it("gives kubectl's output and exit code at a time", () => {
    expect(kubectl('--at', '9s', '--', 'get', 'deployments').out).toBe(
      'NAME   READY   UP-TO-DATE   AVAILABLE   AGE\nweb    2/2     2            2           9s\n',
    );
    expect(kubectl('--', 'get', 'deployments').out).toContain('web    3/3     3            3           20s');
    expect(kubectl('--', 'get', 'pods', 'ghost')).toEqual({
      code: 1,
      out: '',
      err: 'Error from server (NotFound): pods "ghost" not found\n',
    });
  });

  it('passes arguments with blanks and quotes as they are', () => {
    const { out, code } = kubectl(
      '--',
      'get',
      'deployments',
      '-o',
      "jsonpath={.items[0].metadata.name}{'  '}{.items[0].spec.replicas}",
    );
    expect({ out, code }).toEqual({ out: 'web  3', code: 0 });
  });
});

describe('kubestep validate', () => {
  it('says nothing about what is right', () => {
    expect(kubestep(['validate', file('web.yaml', WEB)])).toEqual({ code: 0, out: '', err: '' });
  });

  it('names file and line of what is wrong, in each file', () => {
    const good = file('web.yaml', WEB);
    const bad = file('bad.yaml', WEB.replace('replicas: 2', 'replicas: -1'));
    const { code, err } = kubestep(['validate', good, bad]);
    expect(code).toBe(1);
    expect(err).toMatch(/bad\.yaml:6:\d+: Deployment web: spec\.replicas: Invalid value: -1/);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('lessons on the command line', () => {
  const LESSON = `${SETTINGS}---
apiVersion: kubestep.dev/v1alpha1
kind: Lesson
metadata: {name: shop}
spec:
  title: {en: A shop, zh: 商店}
  chapters:
  - {text: {en: a, zh: b}, predict: {question: {en: a, zh: b}, options: [2, 3], answer: "list('Pod').size()", at: 9s}}
  - text: {en: a, zh: b}
    look: {at: 5s}
    task: {goal: "get('Deployment', 'web').spec.replicas == 7", solution: [{kubectl: scale deployment web --replicas=7}], wrong: [[{kubectl: get pods}]]}
---
${WEB}`;

  it('are checked, a line each', () => {
    const path = file('lesson.yaml', LESSON);
    const { code, out } = kubestep(['check', path]);
    expect(out.replace(/ at .*/g, ' at …')).toBe(`ok ${path}:12 every text is in English and Chinese
ok ${path}:17 chapter 1: the prediction has one right answer # 2
ok ${path}:18 chapter 2: the start does not meet the goal
ok ${path}:18 chapter 2: the solution meets the goal # at …
ok ${path}:18 chapter 2: wrong answer 1 does not meet the goal
`);
    expect(code).toBe(0);
    const wrong = kubestep(['check', file('wrong.yaml', LESSON.replace('options: [2, 3]', 'options: [3, 4]'))]);
    expect(wrong.code).toBe(1);
    expect(wrong.out).toContain('not ok');
  });

  it('are graded, a line of a table each', () => {
    const { session } = createSession(LESSON);
    if (!session) throw new Error('the lesson can not be read');
    session.simulation.run({ timeMs: 5000 });
    session.kubectl('scale deployment web --replicas=7', { step: session.simulation.step, timeMs: 5000 });
    const { inputs } = session;
    const of = (who: string, given: string, done: typeof inputs) =>
      `https://kubestep.dev/#${encodeLink({ text: LESSON, inputs: done, handIn: { who, answers: [{ chapter: 0, given }] } })}`;
    const path = file('hand-ins.txt', `${of('Ana', '2', inputs)}\n\n${of('Ben, B.', '3', [])}\n`);
    const { code, out } = kubestep(['grade', path]);
    expect(
      out.replace(/,yes,\d+,/, ',yes,S,'),
    ).toBe(`who,lesson,goal met,step,predictions right,acts,error,shown,note,time,predictions answered,predictions asked
Ana,shop,yes,S,1,1,,0,not one of the lessons here: goal taken from the link,5s,1,1
"Ben, B.",shop,no,,0,0,,0,not one of the lessons here: goal taken from the link,,1,1
`);
    const set = kubestep(['grade', path, '--lesson', file('set.yaml', LESSON)]);
    expect(set.out).toContain('"Ben, B.",shop,no,,0,0,,0,,,1,1\n');
    expect(kubestep(['grade', path, '--lesson', 'why-pending']).out).toContain('was set, not shop');
    expect(kubestep(['grade', path, '--lesson', 'no-such']).code).toBe(2);
    expect(code).toBe(0);
    expect(kubestep(['grade', file('empty.txt', '\n')]).code).toBe(1);
  });
});

describe('kubestep check', () => {
  const EXPECTING = `apiVersion: kubestep.dev/v1alpha1
kind: Scenario
spec:
  duration: 10s
  expect:
  - {always: "list('Node').size() <= 3"}
  - {eventually: "list('Node').size() == 3", by: 5s}
`;
  it('says a line for each expectation', () => {
    const path = file('expecting.yaml', EXPECTING);
    expect(kubestep(['check', path])).toEqual({
      code: 0,
      out: `ok ${path}:6 always: list('Node').size() <= 3\nok ${path}:7 eventually by 5s: list('Node').size() == 3\n`,
      err: '',
    });
  });
  it('ends with 1 and says where one fails', () => {
    const path = file('failing.yaml', EXPECTING.replace('<= 3', '< 3'));
    const { code, out } = kubestep(['check', path]);
    expect(code).toBe(1);
    expect(out.split('\n')[0]).toMatch(
      /^not ok .*failing.yaml:6 always: list\('Node'\).size\(\) < 3 # did not hold at 0\.\d+ s, step \d+ \(kubelet\/node-3: /,
    );
  });
  it('ends with 1 for what is no condition', () => {
    const path = file('no-condition.yaml', EXPECTING.replace('<= 3', '<='));
    expect(kubestep(['check', path])).toMatchObject({ code: 1, out: '' });
  });
});

describe('kubestep link and unlink', () => {
  it('bring the text back', () => {
    const { out, code } = kubestep(['link', file('web.yaml', WEB)]);
    expect(code).toBe(0);
    expect(out).toMatch(/^https:\/\/\S+#s=\S+\n$/);
    expect(kubestep(['unlink', out.trim()])).toEqual({ code: 0, out: WEB, err: '' });
  });

  it('replay what was done by hand', () => {
    const { session } = createSession(WEB);
    if (!session) throw new Error('no session');
    session.simulation.run({ timeMs: 9000 });
    session.kubectl('scale deployment web --replicas=3', { step: session.simulation.step, timeMs: 9000 });
    const url = `https://kubestep.dev/#${encodeLink({ text: WEB, inputs: session.inputs })}`;
    expect(kubestep(['unlink', url])).toEqual({ code: 0, out: WEB, err: expect.stringContaining('done by hand') });
    expect(
      kubestep(['kubectl', url, '--at', '8500ms', '--', 'get', 'pods', '-o', 'name']).out.split('\n'),
    ).toHaveLength(3);
    expect(kubestep(['kubectl', url, '--at', '20s', '--', 'get', 'pods', '-o', 'name']).out.split('\n')).toHaveLength(
      4,
    );
    expect(kubestep(['link', url]).out.trim()).toBe(url);
  });

  it('say when a link is cut or newer', () => {
    const { out } = kubestep(['link', file('web.yaml', WEB)]);
    const cut = kubestep(['unlink', out.trim().slice(0, -20)]);
    expect(cut).toMatchObject({ code: 1, out: '' });
    expect(cut.err).toContain('damaged');
    const newer = kubestep(['unlink', 'https://kubestep.dev/#s=qAQIDWDpB6g']);
    expect(newer).toMatchObject({ code: 1, err: expect.stringContaining('newer release') });
  });
});

describe('bad input', () => {
  /** Ten levels of ten aliases each. */
  const bomb = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, index) => `a${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`).join(',')}]`).join('\n')}\n`;

  it.each([
    ['broken YAML', 'a: [1, 2\nb: 3\n', 1, /broken\.yaml:\d+:\d+: /],
    ['a tab', 'apiVersion: v1\nkind: Pod\nmetadata:\n\tname: a\n', 1, /broken\.yaml:4:\d+: /],
    ['an alias bomb', bomb, 1, /refers to its anchors \(\*name\) so often/],
    [
      'an unknown kind',
      'apiVersion: v1\nkind: Pot\nmetadata: {name: a}\n',
      1,
      /no matches for kind "Pot" in version "v1"/,
    ],
    ['no kind', 'metadata: {name: a}\n', 1, /kind/],
    ['a list', '- 1\n- 2\n', 1, /broken\.yaml:1:/],
    [
      'a wrong version',
      WEB.replace('apps/v1', 'apps/v1beta1'),
      1,
      /no matches for kind "Deployment" in version "apps\/v1beta1"/,
    ],
    ['a wrong Scenario', SETTINGS.replace('duration', 'durration'), 1, /broken\.yaml:6:\d+: .*durration/],
    [
      'a fault of no known type',
      `${SETTINGS}  - {at: 1s, fault: {type: earthquake}}\n`,
      1,
      /broken\.yaml:10:\d+: .*type/,
    ],
  ])('%s', (_what, text, code, message) => {
    const path = file('broken.yaml', text);
    for (const command of ['run', 'validate']) {
      const result = kubestep([command, path]);
      expect(result.code, command).toBe(code);
      expect(result.err, command).toMatch(message);
    }
  });

  it('an unknown field, with its path', () => {
    const { code, err } = kubestep([
      'run',
      file('field.yaml', WEB.replace('replicas: 2', 'replica: 2')),
      '--until',
      '1s',
    ]);
    expect(code).toBe(1);
    expect(err).toContain('unknown field "spec.replica"');
  });

  it('10 MB of text', () => {
    const long = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: long}\ndata:\n${'  key: "value value value value value value"\n'.repeat(220_000)}`;
    const started = process.cpuUsage().user;
    const { code, err } = kubestep(['run', file('long.yaml', long)]);
    expect(code).toBe(1);
    expect(err).not.toBe('');
    expect(err.length).toBeLessThan(100_000);
    expect((process.cpuUsage().user - started) / 1e6).toBeLessThan(30);
  });

  it('a million replicas', () => {
    const { code, err } = kubestep([
      'run',
      file('million.yaml', WEB.replace('replicas: 2', 'replicas: 1000000')),
      '--until',
      '3s',
    ]);
    expect(code).toBe(1);
    expect(err).toMatch(/Paused: .*budget/);
  });

  it('a file that is not there', () => {
    const { code, err } = kubestep(['run', join(folder, 'nowhere.yaml')]);
    expect(code).toBe(2);
    expect(err).toMatch(/^kubestep: cannot read .*nowhere\.yaml[^\n]*\n$/);
  });

  it.each([
    ['{name: Big_One}', 'spec.nodes.0.name: Invalid value: "Big_One"'],
    ['{name: a, capacity: {cpu: lots}}', 'spec.nodes.0.capacity.cpu: "lots" is not a quantity'],
    ['{name: a, taints: [{key: a, effect: Never}]}', 'spec.nodes.0.taints.0.effect: "Never" is not known'],
    ['{name: a, labels: {a b: c}}', 'spec.nodes.0.labels: Invalid value: "a b"'],
    ['{name: a}, {name: a}', 'two nodes are named a'],
    ['{count: 5001}', 'more than 5000 nodes are too many'],
  ])('nodes %s', (nodes, message) => {
    const settings = `apiVersion: kubestep.dev/v1alpha1\nkind: Scenario\nspec:\n  nodes: [${nodes}]\n`;
    const { code, err } = kubestep(['validate', file('nodes.yaml', settings)]);
    expect(code).toBe(1);
    expect(err).toMatch(/nodes\.yaml:4:\d+: Scenario: /);
    expect(err).toContain(message);
  });

  it('a byte order mark in any file', () => {
    const marked = file('marked.yaml', `\uFEFF${SETTINGS}`);
    expect(kubestep(['validate', file('web.yaml', WEB), marked])).toEqual({ code: 0, out: '', err: '' });
  });

  it('a list of what is no manifest', () => {
    const path = file('list.yaml', 'apiVersion: v1\nkind: List\nitems:\n- null\n- three\n');
    const { code, err } = kubestep(['validate', path]);
    expect(code).toBe(1);
    expect(err).toContain(`${path}:4:3: a manifest is a mapping`);
    expect(err).toContain(`${path}:5:3: a manifest is a mapping`);
  });

  it('statuses of the wrong type', () => {
    const patches = [`node node-1 -p '{"status":{"conditions":4}}'`, `deployment web -p '{"metadata":null}'`];
    const actions = patches.map((patch) => ({
      at: '15s',
      kubectl: `patch ${patch} --type=merge --subresource=status`,
    }));
    const settings = { apiVersion: 'kubestep.dev/v1alpha1', kind: 'Scenario', spec: { duration: '20s', actions } };
    const { code, out } = kubestep(['run', '-', '-o', 'commands'], `${JSON.stringify(settings)}\n---\n${WEB}`);
    expect(code).toBe(0);
    expect(lines(out).map((line) => line.code)).toEqual([0, 1, 1]);
  });

  it.each([[['run', 'x.yaml', '--until', 'soon']], [['walk']], [[]]])('wrong usage %j', (argv) => {
    const path = file('x.yaml', WEB);
    const { code, err, out } = kubestep(argv.map((word) => (word === 'x.yaml' ? path : word)));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^kubestep: .*\nUsage:\n/s);
  });

  it('asking for help is right usage', () =>
    expect(kubestep(['--help'])).toMatchObject({ code: 0, out: expect.stringMatching(/^Usage:/) }));
});

describe('kubestep limits', () => {
  it('prints what is simulated and what is not, as data', () => {
    const { code, out } = kubestep(['limits', '-o', 'json']);
    const rows = JSON.parse(out) as Record<string, string>[];
    expect(code).toBe(0);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(['area', 'title', 'state', 'text']);
      expect(['simulated', 'simplified', 'absent']).toContain(row.state);
    }
    expect(rows).toContainEqual(expect.objectContaining({ area: 'Scenario', title: 'Lessons', state: 'simulated' }));
    expect(kubestep(['limits']).out.trimEnd().split('\n')).toHaveLength(rows.length);
  });
});

describe('what is accepted without effect', () => {
  const text =
    'apiVersion: kubestep.dev/v1alpha1\nkind: Scenario\nspec:\n  duration: 1s\n  components: {kube-proxy: {bind-address: 0.0.0.0}}\n';
  it.each(['run', 'validate'])('is said by %s on standard error', (command) => {
    const { code, err } = kubestep([command, file('idle.yaml', text)]);
    expect(code).toBe(0);
    expect(err).toBe(
      'kubestep: spec.components.kube-proxy.bind-address has no effect: this flag of kube-proxy is not simulated\n',
    );
  });
});

it('run tells on standard error what documents are warned of', () => {
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {nodeSelector: {beta.kubernetes.io/os: linux}, containers: [{name: a, image: nginx}]}\n';
  const hook =
    'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: a}\nwebhooks: []\n';
  expect(kubestep(['run', file('warned.yaml', `${pod}---\n${hook}`), '--until', '1s'])).toMatchObject({
    code: 0,
    err:
      'Warning: spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead\n' +
      'Warning: kubestep: this ValidatingWebhookConfiguration has no effect: webhooks are not called\n',
  });
});

describe('budgets', () => {
  it('are raised by the flag that the message names', () => {
    const web = file('web.yaml', WEB);
    const paused = kubestep(['run', web, '--until', '5s', '--max-objects', '20']);
    expect(paused.code).toBe(1);
    expect(paused.err).toContain(
      'more than the budget of 20. Raise the budget (maxObjects; --max-objects on the command line)',
    );
    expect(kubestep(['run', web, '--until', '5s', '--max-objects', '2000']).code).toBe(0);
  });
});

it('compose makes manifests of a Compose file, and says what could not be translated', () => {
  const made = kubestep(['compose', '-'], 'services:\n  web:\n    image: nginx\n    build: .\n');
  expect(made.code).toBe(0);
  expect(made.err).toMatch(/^STDIN:4: services\.web\.build: a cluster builds no images/);
  expect(kubestep(['kubectl', '-', '--at', '10s', '--', 'get', 'deployment,service', '-o', 'name'], made.out).out).toBe(
    'deployment.apps/web\nservice/kubernetes\nservice/web\n',
  );
  expect(kubestep(['compose', '-'], 'kind: Pod\n')).toMatchObject({ code: 1, out: '' });
  expect(kubestep(['run', '-', '--until', '1s'], 'services: {web: {image: nginx}}\n').err).toContain(
    'kubestep: this is a Compose file; kubestep compose makes manifests of it\n',
  );
});
