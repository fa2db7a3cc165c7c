/**
 * The lessons that come with Kubestep: the order of tracks, and of lessons in each. A lesson is a file `TRACK/NAME.yaml`; it is added as its name
 * in its track. Everything that it says is in its file; here is what a list of lessons shows. Texts load when asked for.
 */
import type { LessonText } from '../scenario/lesson';

/** What a list shows of a lesson. */
export interface LessonHead {
  readonly name: string;
  readonly title: LessonText;
  readonly summary?: LessonText;
  readonly minutes?: number;
  /** Rows of the list of concepts that it shows. */
  readonly concepts: readonly string[];
}

/** A lesson in its place. */
export interface LessonEntry extends LessonHead {
  readonly track: string;
  /** Loads its YAML text. */
  readonly load: () => Promise<string>;
}

/** Lessons about one thing, in order. */
export interface Track {
  readonly name: string;
  readonly title: LessonText;
  readonly lessons: readonly LessonEntry[];
}

const heads = import.meta.glob<LessonHead>('./*/*.yaml', { query: '?head', import: 'default', eager: true });
const texts = import.meta.glob<string>('./*/*.yaml', { query: '?raw', import: 'default' });

function track(name: string, en: string, zh: string, names: readonly string[]): Track {
  const lessons = names.map((lesson): LessonEntry => {
    const path = `./${name}/${lesson}.yaml`;
    const [head, load] = [heads[path], texts[path]];
    if (!head || !load) throw new Error(`there is no lesson ${path}`);
    return { ...head, track: name, load };
  });
  return { name, title: { en, zh }, lessons };
}

/** Every track that has lessons. */
export const TRACKS: readonly Track[] = [
  track('first-steps', 'First steps', '第一步', [
    'from-text-to-pod',
    'an-object-is-a-wish',
    'a-pod-and-its-container',
    'a-pod-does-not-heal',
    'labels-choose',
    'the-count-is-kept',
    'three-layers',
    'namespaces',
  ]),
  track('rollouts', 'Rollouts', '滚动更新', [
    'what-starts-a-rollout',
    'pace-of-a-rollout',
    'running-is-not-serving',
    'a-bad-version-stops',
    'back-again',
    'several-changes-one-rollout',
    'available-takes-time',
    'three-ways-to-scale',
  ]),
  track('placement', 'Placement', '调度与放置', [
    'why-pending',
    'keep-off',
    'near-and-apart',
    'not-all-on-one',
    'the-important-come-first',
    'a-node-by-name',
  ]),
  track('life-of-a-pod', 'Life and death of a Pod', 'Pod 的生与死', [
    'from-pending-to-running',
    'two-in-one-pod',
    'before-the-first',
    'is-it-alive',
    'is-it-ready',
    'five-tracks-of-an-end',
    'what-exit-codes-say',
  ]),
  track('traffic', 'Services and traffic', 'Service 与流量', [
    'one-address-for-many',
    'rules-on-every-node',
    'without-an-address',
    'from-outside',
    'one-door-many-rooms',
    'a-rollout-that-drops',
    'a-rollout-without-loss',
    'where-502s-come-from',
  ]),
  track('state', 'Keeping state', '保存状态', [
    'what-outlives-what',
    'settings-apart',
    'files-that-follow',
    'base64-hides-nothing',
    'claims-and-volumes',
    'after-the-claim',
    'names-and-order',
    'a-canary-by-number',
    'one-on-every-node',
  ]),
  track('work-that-ends', 'Work that ends', '会结束的工作', ['a-job-ends', 'on-the-hour', 'three-policies']),
  track('pressure', 'Under pressure', '压力之下', [
    'three-classes',
    'who-goes-first',
    'a-full-disk',
    'a-node-is-lost',
    'how-many-may-go',
    'more-when-busy',
    'the-share-of-a-team',
  ]),
  track('machinery', 'The machinery', '内部机制', [
    'news-arrives-late',
    'who-is-told',
    'one-at-a-time',
    'the-queues-of-the-scheduler',
    'the-way-of-one-pod',
    'who-lives-where',
  ]),
  track('who-may', 'Who may', '谁有权限', ['the-way-of-a-request', 'roles-and-bindings']),
  track('wordpress', 'WordPress in production', '生产环境中的 WordPress', [
    'wordpress-apart',
    'wordpress-healthy',
    'wordpress-scales',
    'wordpress-keeps',
    'wordpress-open',
  ]),
  track('containers', 'From Docker to Pods', '从 Docker 到 Pod', [
    'what-an-image-is',
    'life-of-a-container',
    'ports-and-mounts',
    'from-compose-to-manifests',
    'swarm-and-kubernetes',
  ]),
];

/** Every lesson, in order. */
export const LESSONS: readonly LessonEntry[] = TRACKS.flatMap(({ lessons }) => lessons);

/** The lesson of a name. */
function lessonOf(name: string): LessonEntry {
  const found = LESSONS.find((lesson) => lesson.name === name);
  if (!found) throw new Error(`there is no lesson ${name}`);
  return found;
}

/** Lessons of several tracks that lead in less than two hours from nothing to why a drain hangs and where 502s come from. */
export const SHORT_WAY: Track = {
  name: 'short-way',
  title: { en: 'The short way', zh: '捷径' },
  lessons: [
    'from-text-to-pod',
    'an-object-is-a-wish',
    'a-pod-does-not-heal',
    'labels-choose',
    'the-count-is-kept',
    'three-layers',
    'what-starts-a-rollout',
    'pace-of-a-rollout',
    'one-address-for-many',
    'running-is-not-serving',
    'five-tracks-of-an-end',
    'how-many-may-go',
    'one-door-many-rooms',
    'where-502s-come-from',
  ].map(lessonOf),
};

/** The lesson after a name in a list; undefined where it isn't in the list, or is the last. */
function after(name: string, lessons: readonly LessonEntry[]): LessonEntry | undefined {
  const at = lessons.findIndex((lesson) => lesson.name === name);
  return at < 0 ? undefined : lessons[at + 1];
}

/** Which lessons may follow one: the next on the short way, where it is on it, then the next of all. */
export function lessonsAfter(name: string): readonly LessonEntry[] {
  const found = [after(name, SHORT_WAY.lessons), after(name, LESSONS)].filter((lesson) => lesson !== undefined);
  return [...new Set(found)];
}
