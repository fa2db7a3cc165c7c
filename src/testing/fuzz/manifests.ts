/** Fuzz target: manifests and Scenario documents, changed in their structure: values of other types, keys that are odd, parts gone. */
import { parseAllDocuments, stringify } from 'yaml';
import { createSession } from '../../session/create-session';
import { isCommandResult } from '../../session/run-command';
import type { Session } from '../../session/session';
import { validateText } from '../../session/validate';
import { applyCases } from '../parity/cases';
import type { Dice } from './dice';
import { type FuzzTarget, oddWord, runComplaints, scriptWordsIn } from './target';

const SCENARIO = `{apiVersion: kubestep.dev/v1alpha1, kind: Scenario, metadata: {name: x}, spec: {
  title: {en: a, zh: b}, seed: 3, duration: 5s, startTime: "2026-05-01T00:00:00Z",
  nodes: [{name: a, labels: {zone: z}, taints: [{key: gpu, value: "true", effect: NoSchedule}], capacity: {cpu: "4", memory: 8Gi, pods: "110"}, joinsAt: 1s}, {count: 2, namePrefix: n-}],
  components: {kube-controller-manager: {node-monitor-grace-period: 50s}, kube-proxy: {mode: iptables}},
  programs: [{image: "shop:*", pull: 3s, start: 500ms, listen: [{port: 80, after: 5s, path: /healthz, status: 200, latency: 20ms}], exit: {after: 1s, code: 1}, sigterm: {exitAfter: 2s, code: 143}, cpu: {idle: 5m, at: [{from: 3s, usage: 1}]}, memory: {base: 50Mi, growth: 1Mi/s}}, {selector: "app=web", pull: {error: ErrImagePull}}],
  traffic: [{name: users, source: outside, target: "http://web.default:80/", rps: 50, from: 1s, to: 2s, timeout: 1s}],
  actions: [{at: 1s, kubectl: get pods}, {at: 2s, apply: "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}"}, {at: 2s, fault: {type: node-crash, node: a, for: 1s}}, {at: 4s, heal: {type: node-crash, node: a}}]}}`;

type Value = unknown;
type Box = Record<string, Value> | Value[];

const isBox = (value: Value): value is Box => typeof value === 'object' && value !== null;

function boxesIn(value: Value): Box[] {
  return isBox(value) ? [value, ...Object.values(value).flatMap(boxesIn)] : [];
}

function oddValue(dice: Dice): Value {
  return dice.pick<() => Value>([
    () => null,
    () => dice.oneIn(2),
    () => dice.pick([0, -1, 1.5, 1e22, 2 ** 31, 2 ** 53, -0.1]),
    () => oddWord(dice),
    () => [],
    () => ({}),
    () => [null],
    () => ({ [oddWord(dice)]: oddWord(dice) }),
    () => [[{}]],
  ])();
}

function changeOnce(dice: Dice, root: Value): void {
  const box = dice.pick(boxesIn(root)) as Record<string, Value>;
  const keys = Object.keys(box);
  const key = keys.length > 0 ? dice.pick(keys) : 'x';
  const change = dice.below(5);
  if (Array.isArray(box) && (keys.length === 0 || change < 2)) box.push(oddValue(dice));
  else if (change === 0) delete box[key];
  else if (change === 1)
    Object.defineProperty(box, oddWord(dice), {
      value: oddValue(dice),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  else if (change === 2) box[key] = [box[key]];
  else if (change === 3) box[key] = box[dice.pick(keys.length > 0 ? keys : ['x'])];
  else box[key] = oddValue(dice);
}

function commandsFailed({ simulation }: Session): boolean {
  return simulation.trace(1, simulation.step).some(({ step, time }) => {
    const detail = simulation.detailAt(step);
    return time === 0 && isCommandResult(detail) && detail.code !== 0;
  });
}

/** Changed manifests, as the editor and the command line take them. */
export function manifests(): FuzzTarget {
  const corpus = [
    SCENARIO,
    ...applyCases().flatMap(({ manifest }) => (typeof manifest === 'object' ? [stringify(manifest)] : [])),
  ];
  return {
    name: 'manifests',
    draw(dice) {
      const texts = dice.several(1, 2, () => dice.pick(corpus));
      const documents = texts.map((text) => parseAllDocuments(text)[0]?.toJS() as Value);
      for (const document of documents) for (const _ of dice.several(1, 3, () => 0)) changeOnce(dice, document);
      return documents.map((document) => stringify(document, { aliasDuplicateObjects: false })).join('---\n');
    },
    judge(input) {
      const findings = validateText(input);
      const { session, problems } = createSession(input);
      const said = [...findings, ...problems].flatMap(({ line, message }) => [
        ...scriptWordsIn(message, input),
        ...(line > 0 && message !== '' ? [] : [`a problem without a place or a word: ${line} ${message}`]),
      ]);
      if (!session || problems.length > 0) return said;
      said.push(...runComplaints(session, 3000, input));
      if (findings.length === 0 && commandsFailed(session)) said.push('validate finds nothing, but applying it fails');
      return said;
    },
  };
}
