/**
 * The gallery: scenarios that come with Kubestep, by topic, in the order in which they are offered. Texts load when asked for.
 * A scenario is added as one line in its topic: the name of its file, its title, its point in one sentence, and a moment
 * (seconds since the start) that is worth opening it at.
 */

/** One scenario of the gallery. */
export interface GalleryEntry {
  readonly name: string;
  readonly title: string;
  /** What it shows, in one sentence. */
  readonly point: string;
  /** The moment at which there is most to see, in virtual ms. */
  readonly momentMs: number;
  /** The view of the page in which there is most to see of it then; workloads where it is not given. */
  readonly view?: 'traffic';
  /** Loads its YAML text. */
  readonly load: () => Promise<string>;
}

/** Scenarios about one thing. */
export interface GalleryTopic {
  readonly title: string;
  readonly entries: readonly GalleryEntry[];
}

const texts = import.meta.glob<string>('./*.yaml', { query: '?raw', import: 'default' });

function entry(name: string, title: string, point: string, momentSeconds: number): GalleryEntry {
  const load = texts[`./${name}.yaml`];
  if (!load) throw new Error(`the gallery has no ${name}.yaml`);
  return { name, title, point, momentMs: momentSeconds * 1000, load };
}

const ROLLOUTS: readonly GalleryEntry[] = [
  entry('first-light', 'First light: a rolling update', 'Three Pods, one Service, a new image after 20 s.', 22),
  entry('quarter-and-quarter', 'The default pace, 25 % and 25 %', 'Why 3 replicas mean at most 4 and at least 3.', 17),
  entry('stuck-rollout', 'A bad version, and the way back', 'A rollout that stops, its deadline, and the undo.', 45),
  entry('missing-image', 'A typing error in the image', 'ErrImagePull, back-off, and the repair.', 40),
  entry('who-owns-whom', 'Who owns whom', 'Adopted, released, replaced, collected.', 21),
];

const PODS: readonly GalleryEntry[] = [
  entry('crash-loop', 'CrashLoopBackOff', 'Programs that end, and waits that double.', 60),
  entry('slow-goodbye', 'How a Pod ends', 'preStop, SIGTERM, grace period, SIGKILL.', 20),
  entry('resized-in-place', 'More CPU, without a restart', 'Allocated at once, deferred, or refused.', 16),
  entry('over-the-limit', 'Out of memory', 'Over its own limit, or with the whole node: whom the kernel kills.', 31),
];

const NODES: readonly GalleryEntry[] = [
  entry('where-pods-go', 'Where Pods go, and why', 'Every node’s verdict and score.', 10),
  entry('drain-with-budget', 'Draining a node under a budget', 'Evictions that are refused until there is room.', 18),
  entry('drain-without-budget', 'Draining a node without a budget', 'All Pods go at once, and nobody answers.', 21),
  entry('drain-deadlock', 'A drain that never ends', 'A budget without room, and a replica that makes some.', 30),
  entry('node-failure', 'A node dies', 'Leases, taints, tolerations, and new Pods elsewhere.', 75),
  entry('cut-off-and-back', 'A node is cut off, and comes back', 'Two Pods run where one was wanted.', 110),
  entry('static-pods', 'A Pod that comes back by itself', 'A manifest on the node, and its mirror in the API.', 11),
  entry('memory-runs-short', 'Memory runs short', 'Who is evicted first, and how long a condition stays.', 36),
  entry('full-disk', 'A full disk', 'Unused images go first, then Pods that wrote more than they asked for.', 665),
  entry(
    'files-that-follow',
    'Files that follow',
    'An edited ConfigMap reaches mounted files, but not subPath and variables.',
    75,
  ),
];

const STATEFUL: readonly GalleryEntry[] = [
  entry(
    'names-that-stay',
    'Names, order and claims that stay',
    'Ordered Pods, each with a claim that waits for it.',
    40,
  ),
  entry('six-come-back', 'Six Redis Pods, deleted and back', 'Each with its name, its claim and its notes.', 37),
  entry(
    'from-the-top',
    'A roll-out with a partition',
    'Updated from the highest ordinal down, and held back below 4.',
    28,
  ),
  entry(
    'stuck-in-order',
    'A roll-out that can’t help itself',
    'A Pod that never gets ready holds up its own repair.',
    60,
  ),
  entry('no-second-self', 'No second self', 'On a lost node a numbered Pod is not replaced, others are.', 110),
  entry('one-per-node', 'One Pod per node', 'A tainted control plane, a joining node, a deleted one.', 20),
];

const BATCH: readonly GalleryEntry[] = [
  entry('nine-lines', 'A Job that counts to nine', 'Run once, counted once, and kept to be read.', 13),
  entry('job-gives-up', 'A Job that gives up', 'New Pods after 10 s, 20 s, 40 s …, until BackoffLimitExceeded.', 90),
  entry('one-index-fails', 'One index of five fails', 'Indexes are tried again and counted each by itself.', 30),
  entry('whose-fault', 'Whose fault it was', 'A drain does not count, exit code 42 ends the Job.', 14),
  entry(
    'three-policies',
    '90-second Jobs every minute',
    'Allow overlaps, Forbid catches up, Replace starts over.',
    155,
  ),
];

const AUTOSCALING: readonly GalleryEntry[] = [
  entry('under-load', 'Under load, and after it', 'From 3 Pods to at most 6, and back after five minutes.', 55),
  entry('no-requests', 'An autoscaler that knows nothing', 'A share of the CPU needs a request to be a share of.', 41),
  entry('small-steps', 'Three tempers of autoscalers', 'At once, one a minute, or not for a short spike.', 60),
];

const SERVICES: readonly GalleryEntry[] = [
  entry('endpoints-by-hand', 'A database outside the cluster', 'Endpoints by hand, mirrored to an EndpointSlice.', 11),
];

const REQUESTS: readonly GalleryEntry[] = [
  entry('wordpress-in-one-pod', 'WordPress in one Pod', 'Whatever ends the Pod ends the site.', 43),
  entry('all-on-one-node', 'Three copies on one node', 'A copy may go, the node may not: Pods never move.', 90),
  entry(
    'spread-over-nodes',
    'Copies that keep apart',
    'Anti-affinity places them anew; a dead node takes a part only.',
    110,
  ),
  entry('drain-under-load', 'A drain under load', 'A budget keeps enough Pods, not every request.', 42),
  entry(
    'probe-keeps-out',
    'A readiness probe keeps out who does not listen',
    'Two more Pods without a lost request, and why an update still loses some.',
    48,
  ),
  entry(
    'rollout-drops-requests',
    'A rolling update drops requests',
    'SIGTERM is faster than the proxies of the nodes.',
    48,
  ),
  entry(
    'rollout-without-probe',
    'A rolling update without a readiness probe',
    'Requests for a server that does not listen yet.',
    44,
  ),
  entry('rollout-without-loss', 'A rolling update without loss', 'A preStop sleep, and no request fails.', 60),
  entry(
    'node-dies-under-load',
    'A node dies under load',
    'A third of all requests waits in vain until it is noticed.',
    40,
  ),
  entry(
    'what-an-ingress-answers',
    'What an Ingress answers, and why',
    '404, 502, 503, 504 and 308, each with its reason.',
    24,
  ),
].map((each) => ({ ...each, view: 'traffic' }));

const STORAGE: readonly GalleryEntry[] = [
  entry(
    'smallest-volume',
    'Which volume a claim gets',
    'The smallest that satisfies it; a kept one stays Released.',
    10,
  ),
  entry('waiting-claims', 'Claims that wait, each for its own reason', 'No class, no provisioner, no such mode.', 12),
  entry(
    'one-node-at-a-time',
    'A volume for one node, and a rolling update',
    'Multi-Attach errors; Recreate cures.',
    45,
  ),
  entry('first-consumer', 'Waiting for the first consumer', 'The Pod’s node decides where its volume is made.', 12),
  entry('claim-in-use', 'Deleting a claim in use', 'Finalizers hold what a Pod still needs.', 18),
];

const QUOTAS: readonly GalleryEntry[] = [
  entry('quota-is-full', 'A quota refuses the third Pod', 'FailedCreate, ReplicaFailure, and the way out.', 16),
  entry('limits-by-default', 'Limits by default', 'What a LimitRange gives, and what it refuses.', 46),
];

const ACCESS: readonly GalleryEntry[] = [
  entry(
    'may-look-not-delete',
    'May look, may not delete',
    'Which rule lets bob list Pods, and which station stops him.',
    18,
  ),
  entry('one-role-two-reaches', 'One ClusterRole, bound in one namespace', 'A role says what, a binding where.', 24),
  entry(
    'a-policy-refuses',
    'A policy refuses',
    'Five replicas at most, says an expression, even to the administrator.',
    12,
  ),
];

/** Every topic that has scenarios. */
export const TOPICS: readonly GalleryTopic[] = [
  { title: 'Rollouts', entries: ROLLOUTS },
  { title: 'Lives of Pods', entries: PODS },
  { title: 'Nodes and scheduling', entries: NODES },
  { title: 'One by one, and one per node', entries: STATEFUL },
  { title: 'Jobs and schedules', entries: BATCH },
  { title: 'Autoscaling', entries: AUTOSCALING },
  { title: 'Services', entries: SERVICES },
  { title: 'Requests', entries: REQUESTS },
  { title: 'Storage', entries: STORAGE },
  { title: 'Quotas and limits', entries: QUOTAS },
  { title: 'Who may do what', entries: ACCESS },
].filter(({ entries }) => entries.length > 0);

/** Every scenario of the gallery. */
export const GALLERY: readonly GalleryEntry[] = TOPICS.flatMap(({ entries }) => entries);
