/** The gallery: scenarios that come with Kubestep, in the order in which they are offered. Texts load when asked for. */

/** One scenario of the gallery. */
export interface GalleryEntry {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** Loads its YAML text. */
  readonly load: () => Promise<string>;
}

const texts = import.meta.glob<string>('./*.yaml', { query: '?raw', import: 'default' });

function entry(name: string, title: string, summary: string): GalleryEntry {
  const load = texts[`./${name}.yaml`];
  if (!load) throw new Error(`the gallery has no ${name}.yaml`);
  return { name, title, summary, load };
}

/** Every scenario of the gallery. */
export const GALLERY: readonly GalleryEntry[] = [
  entry('first-light', 'First light: a rolling update', 'Three Pods, one Service, a new image after 20 s.'),
  entry('quarter-and-quarter', 'The default pace, 25 % and 25 %', 'Why 3 replicas mean at most 4 and at least 3.'),
  entry('stuck-rollout', 'A bad version, and the way back', 'A rollout that stops, its deadline, and the undo.'),
  entry('drain-with-budget', 'Draining a node under a budget', 'Evictions that are refused until there is room.'),
  entry('node-failure', 'A node dies', 'Leases, taints, tolerations, and new Pods elsewhere.'),
  entry('crash-loop', 'CrashLoopBackOff', 'Programs that end, and waits that double.'),
  entry('where-pods-go', 'Where Pods go, and why', 'Every node’s verdict and score.'),
  entry('missing-image', 'A typing error in the image', 'ErrImagePull, back-off, and the repair.'),
  entry('who-owns-whom', 'Who owns whom', 'Adopted, released, replaced, collected.'),
  entry('slow-goodbye', 'How a Pod ends', 'preStop, SIGTERM, grace period, SIGKILL.'),
];
