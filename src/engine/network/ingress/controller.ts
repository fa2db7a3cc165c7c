/**
 * A simulated Ingress controller: ingress-nginx, NGINX Gateway Fabric or Traefik. It watches what it serves, and loads it anew a moment after a change, not more
 * often than the real one would; other rules need a reload, other endpoints don't. It is there when `components` names it, or when an IngressClass
 * (or a GatewayClass) names its controller; else requests for its hosts find nobody.
 * Follows ingress-nginx (internal/task, sync-rate-limit 0.3 per second) and Traefik (providersThrottleDuration 2 s). Simplified: it has no Pods
 * of its own, acts as the administrator, stands beside the cluster and reaches Pods on every node; ingress-nginx, where the scenario names it, records
 * that it has seen an Ingress, and an Ingress has a status only where the controller is told an address to publish.
 */

import { KNOWN_CONTROLLERS, type KnownController } from '../../api/ingress-controllers';
import type { KubeObject } from '../../api/meta';
import { type Component, type Context, CUSTOM_KINDS, type Memory, type WatchEvent } from '../../client/component';
import { RETROSPECT_MS } from '../../machine/packet-rules';
import { GATEWAY_GROUP } from './from-gateway';
import type { Flavour } from './from-ingress';
import { TRAEFIK_GROUPS } from './from-traefik';
import { controllerNameOf } from './gateway-status';
import { publishedAddresses, publishGateways } from './publish-gateways';
import {
  certificateProblems,
  classesOf,
  furtherRoutes,
  ingressesOf,
  ingressRoutesOf,
  isDeclared,
  servedGateways,
} from './served';
import { EMPTY_TABLE, type IngressTable, tableDifference, tableOf } from './table';
import type { Turns } from './turns';

/** The process of Ingress controllers, by which scenarios name them. */
export const INGRESS_CONTROLLER = 'ingress-controller';

/** A table from a moment on. */
export interface LoadedTable {
  readonly fromMs: number;
  /** The step that loaded it. */
  readonly step: number;
  readonly table: IngressTable;
}

/** What a controller remembers. */
export interface IngressControllerMemory extends Memory {
  /** Whether it is there. */
  isThere: boolean;
  isDue: boolean;
  lastSyncMs: number;
  /** What it has loaded, the latest first, and what that replaced some seconds ago. */
  loaded: readonly LoadedTable[];
  /** Hosts that it has ever served: what leads people to it is written outside of the cluster, and stays. */
  hosts: readonly string[];
  /** Of Traefik: whose turn it is, by rule and by Service. */
  readonly turns: Map<string, Turns>;
  /** What a reload under way will bring. */
  next: IngressTable | undefined;
}

/** What it works with. */
export type ControllerContext = Context<IngressControllerMemory>;

/** One that is known. */
export interface ControllerKind extends KnownController {
  readonly flavour: Flavour;
  /** The name of its component. */
  readonly name: string;
  readonly minSyncMs: number;
  readonly reloadMs: number;
}

/** A kind in a cluster: `settings` is what `components` says of Ingress controllers; undefined: nothing. */
export type PlacedKind = ControllerKind & { readonly settings: Readonly<Record<string, unknown>> | undefined };

const WORKINGS: Readonly<Record<KnownController['word'], Pick<ControllerKind, 'flavour' | 'minSyncMs' | 'reloadMs'>>> =
  {
    nginx: { flavour: 'nginx', minSyncMs: 3333, reloadMs: 300 },
    // It takes what has changed as soon as it is done with what had changed before.
    'nginx-gateway': { flavour: 'nginx', minSyncMs: 300, reloadMs: 300 },
    traefik: { flavour: 'traefik', minSyncMs: 2000, reloadMs: 0 },
  };

/** All that are known. */
export const CONTROLLER_KINDS: readonly ControllerKind[] = KNOWN_CONTROLLERS.map((known) => ({
  ...known,
  ...WORKINGS[known.word],
  name: `${INGRESS_CONTROLLER}/${known.word}`,
}));

const HEARS_MS = 10;

/** Custom kinds that rules are written in. */
const CUSTOM: readonly string[] = [
  ...['HTTPRoute', 'Gateway', 'GatewayClass', 'ReferenceGrant'].map((kind) => `${kind}.${GATEWAY_GROUP}`),
  ...TRAEFIK_GROUPS.flatMap((group) =>
    ['IngressRoute', 'Middleware', 'TraefikService'].map((kind) => `${kind}.${group}`),
  ),
];

/** All that it would serve now. */
function tableNow(context: ControllerContext, kind: PlacedKind): IngressTable {
  const { lister } = context;
  const written = ingressRoutesOf(context, kind);
  return tableOf(lister, ingressesOf(context, kind), written, furtherRoutes(context, kind), kind.flavour);
}

/** Records that it has seen the Ingresses that it serves: all when it starts, then the one that an event is about. */
function tellSeen(context: ControllerContext, kind: PlacedKind, event: WatchEvent | 'start' | undefined): void {
  const news = event === 'start' ? undefined : event?.value;
  if (event !== 'start' && news?.kind !== 'Ingress') return;
  for (const one of ingressesOf(context, kind)) {
    if (news && one.metadata.uid !== news.metadata.uid) continue;
    context.events.record(one, 'Normal', 'Sync', 'Scheduled for sync');
  }
}

/** Sees whether it is there, and sets the time at which it looks at everything anew. */
function notice(context: ControllerContext, kind: PlacedKind, event?: WatchEvent): void {
  const { memory, nowMs, lister } = context;
  const isServed = lister
    .list<KubeObject>(`GatewayClass.${GATEWAY_GROUP}`)
    .some((one) => kind.controllers.includes(controllerNameOf(one)));
  const wasThere = memory.isThere;
  const declared = isDeclared(context, kind);
  memory.isThere = declared || isServed || classesOf(context, kind).size > 0;
  // A class alone may stand in a cluster in which nobody installed the controller: there are no Events then.
  if (declared && kind.word === 'nginx') tellSeen(context, kind, wasThere ? event : 'start');
  if (memory.isDue || (!memory.isThere && memory.loaded.length === 0)) return;
  memory.isDue = true;
  context.after(Math.max(HEARS_MS, memory.lastSyncMs + kind.minSyncMs - nowMs), 'sync', '');
}

function load(context: ControllerContext, table: IngressTable): void {
  const { memory, nowMs, step } = context;
  const kept = memory.loaded.filter(({ fromMs }, index) => {
    const replacedMs = index === 0 ? nowMs : (memory.loaded[index - 1] as LoadedTable).fromMs;
    return replacedMs > nowMs - RETROSPECT_MS && fromMs < nowMs;
  });
  memory.loaded = [{ fromMs: nowMs, step, table }, ...kept];
  // New rules are balanced from the beginning.
  memory.turns.clear();
  memory.hosts = [...new Set([...memory.hosts, ...table.routes.map(({ host }) => host)])];
}

/** The object that a table's first rule comes from. */
function writtenAt({ lister }: ControllerContext, { routes }: IngressTable): KubeObject | undefined {
  const [, kind = '', namespace = '', name = ''] = /^(\w+) ([^/]*)\/(.*)$/.exec(routes[0]?.from ?? '') ?? [];
  return kind === 'Ingress' ? lister.get('Ingress', namespace, name) : undefined;
}

function sync(context: ControllerContext, kind: PlacedKind): void {
  const { memory, nowMs } = context;
  memory.isDue = false;
  memory.lastSyncMs = nowMs;
  const table = memory.isThere ? tableNow(context, kind) : EMPTY_TABLE;
  const difference = tableDifference(memory.next ?? memory.loaded[0]?.table ?? EMPTY_TABLE, table);
  if (!difference) {
    publish(context, kind);
    return;
  }
  context.say('sync', writtenAt(context, table), `${kind.title} ${difference.sentence}`);
  if (difference.needsReload && kind.reloadMs > 0) {
    memory.next = table;
    context.after(kind.reloadMs, 'reload', '');
  } else {
    load(context, table);
    publish(context, kind);
  }
}

function reload(context: ControllerContext, kind: PlacedKind): void {
  const { memory } = context;
  const { next } = memory;
  if (!next) return;
  memory.next = undefined;
  load(context, next);
  const count = next.routes.filter(({ broken }) => broken === undefined).length;
  context.say(
    'reload',
    writtenAt(context, next),
    `${kind.title} serves ${count === 1 ? 'one rule' : `${count} rules`} after its reload`,
  );
  publish(context, kind);
}

/** Brings the status of what it serves in line, one Ingress at a time. */
function publish(context: ControllerContext, kind: PlacedKind): void {
  if (!context.memory.isThere) return;
  publishGateways(context, kind, servedGateways(context, kind), certificateProblems(context));
  const ingress = publishedAddresses(context);
  if (ingress.length === 0) return;
  const text = JSON.stringify(ingress);
  const late = ingressesOf(context, kind).filter(
    ({ status }) => JSON.stringify(status?.loadBalancer?.ingress ?? []) !== text,
  );
  for (const one of late) context.client.updateStatus({ ...one, status: { loadBalancer: { ingress } } } as KubeObject);
}

const isRule = (_actor: string, { kind }: WatchEvent): boolean => CUSTOM.includes(kind);

/** Makes an Ingress controller. */
export function createIngressController(known: ControllerKind, settings: PlacedKind['settings']): Component {
  const kind = { ...known, settings };
  const on = (context: ControllerContext, event?: WatchEvent): void => notice(context, kind, event);
  const open = ({ isThere }: IngressControllerMemory): boolean => isThere;
  const component: Component<IngressControllerMemory> = {
    name: kind.name,
    process: INGRESS_CONTROLLER,
    eventSource: kind.word === 'nginx' ? 'nginx-ingress-controller' : kind.name,
    watches: [
      { kind: 'IngressClass', on },
      { kind: CUSTOM_KINDS, on, filter: isRule },
      ...['Ingress', 'Service', 'EndpointSlice', 'Secret'].map((watched) => ({ kind: watched, on, open })),
    ],
    initial: () => ({
      isThere: false,
      isDue: false,
      lastSyncMs: -kind.minSyncMs,
      loaded: [],
      hosts: [],
      turns: new Map(),
      next: undefined,
    }),
    start: (context) => on(context),
    handle: (context, timer) => {
      if (timer.kind === 'sync') sync(context, kind);
      else if (timer.kind === 'reload') reload(context, kind);
    },
  };
  return component as unknown as Component;
}

/** What a controller had loaded at a moment. */
export function tableAt({ loaded, isThere }: IngressControllerMemory, atMs: number): LoadedTable | undefined {
  return isThere ? loaded.find(({ fromMs }) => fromMs <= atMs) : undefined;
}
