/** What a drawing is made of: cards, each with what it holds, and the edges between them. */
import type { Row } from './rows';

export type GraphView = 'workloads' | 'nodes' | 'storage';

/** The views of the page, in the order of their tabs: drawings, and what else can be seen of a moment. */
export const PAGE_VIEWS = ['workloads', 'nodes', 'traffic', 'storage', 'control-plane'] as const;

export type PageView = (typeof PAGE_VIEWS)[number];

/** The view of a name that a link or a lesson gives. */
export function pageViewOf(name: string | undefined): PageView | undefined {
  return PAGE_VIEWS.find((view) => view === name);
}

/** One box of the drawing. `id` is the row it stands for, or a word for boxes that stand for none. */
export type Card =
  /** A workload that owns workloads: a Deployment, a CronJob. `folded`: what it owns that is over and old. */
  | {
      readonly type: 'owner';
      readonly id: string;
      readonly folded: readonly string[];
      readonly autoscalers: readonly string[];
    }
  /** Something that holds Pods: a ReplicaSet, a StatefulSet, a Job …, or the Pods that nobody owns. */
  | {
      readonly type: 'group';
      readonly id: string;
      readonly pods: readonly string[];
      readonly autoscalers: readonly string[];
    }
  /** The claims of the Pods in the card above it, each with its volume. */
  | { readonly type: 'claims'; readonly id: string; readonly members: readonly string[] }
  | { readonly type: 'service'; readonly id: string }
  | { readonly type: 'ingress'; readonly id: string }
  /** An autoscaler whose target is not there. */
  | { readonly type: 'autoscaler'; readonly id: string }
  | { readonly type: 'quota'; readonly id: string; readonly lines: number }
  /** Volumes without a claim, and claims that no Pod mounts. */
  | { readonly type: 'storage'; readonly id: string; readonly members: readonly string[] }
  /** A namespace, or an application within one; what it holds stands on it. */
  | {
      readonly type: 'frame';
      readonly id: string;
      readonly namespace: string;
      readonly app: string;
      /** Whether it holds the whole drawing, or a tile for each workload. */
      readonly open: boolean;
      readonly workloads: number;
      readonly services: number;
      readonly pods: readonly string[];
      /** In a drawing of storage. */
      readonly claims?: readonly string[];
    }
  /** A workload in few words, with all its Pods. */
  | { readonly type: 'tile'; readonly id: string; readonly pods: readonly string[] }
  /** A workload in few words, with the claims of its Pods. */
  | { readonly type: 'storage-tile'; readonly id: string; readonly members: readonly string[] }
  /** `notes`: so many lines for what is to be told of its conditions and taints. */
  | { readonly type: 'node'; readonly id: string; readonly pods: readonly string[]; readonly notes?: number }
  /** The nodes of a zone stand on it. */
  | { readonly type: 'zone'; readonly id: string; readonly name: string; readonly nodes: readonly string[] }
  /** Everything that has no drawing of its own, as chips; of a kind with many, one chip for all while it is not opened. */
  | {
      readonly type: 'others';
      readonly id: string;
      readonly members: readonly string[];
      readonly opened?: readonly string[];
    };

export interface Edge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly relation: 'owns' | 'selects' | 'routes';
}

export interface Graph {
  readonly cards: readonly Card[];
  readonly edges: readonly Edge[];
  /** Where there are many workloads: what stands on which frame. */
  readonly frames?: readonly { readonly frame: Extract<Card, { type: 'frame' }>; readonly graph: Graph }[];
  /** Beside the frames. */
  readonly beside?: readonly Card[];
}

/** The id of the card for Pods without an owner, and of the one for Pods without a node. */
export const BARE_PODS = 'bare-pods';
export const UNSCHEDULED = 'unscheduled';
export const OTHERS = 'others';
export const STORAGE = 'storage';
/** The card for Pods without an owner; in a drawing of frames there may be several. */
export const isBarePods = (id: string): boolean => id === BARE_PODS || id.startsWith(`${BARE_PODS} `);
/** The id of the card for the claims of what another card holds. */
export const claimsOf = (holder: string): string => `claims of ${holder}`;

/** Rows by a key, each group in the order given. */
export function groupBy<T extends Row>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** The ids of rows; none where there are none. */
export const idsOf = (rows: readonly Row[] | undefined): string[] => (rows ?? []).map(({ id }) => id);
