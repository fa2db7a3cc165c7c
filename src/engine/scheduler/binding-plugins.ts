/**
 * Runs the plugins at the extension points around the binding of one Pod: Reserve, Permit, PreBind, Bind, PostBind.
 * Follows pkg/scheduler/framework/runtime/{framework,waiting_pods_map}.go. PreBind plugins run one after the other.
 */
import { failure, type Handle, isRejected, type Outcome, type Plugin, type PodInfo, type Status } from './framework';
import { type Framework, signed, type With } from './runtime';

/** One Pod on its way to a node, with what the plugins reserved for it. */
export interface Reservation {
  readonly pod: PodInfo;
  readonly nodeName: string;
  readonly handle: Handle;
  readonly reserved: ReadonlyMap<string, unknown>;
}

/** The longest that Permit may have a Pod wait. */
const MAX_PERMIT_WAIT_MS = 15 * 60_000;

function placingFor({ pod, nodeName, handle, reserved }: Reservation, plugin: Plugin) {
  return { pod, nodeName, handle, reserved: reserved.get(plugin.name) };
}

function broken(point: string, plugin: Plugin, status: Status): Status {
  return signed(failure(`running ${point} plugin "${plugin.name}": ${status.reasons.join(', ')}`), plugin);
}

function refused(point: string, plugin: Plugin, status: Status): Status {
  return isRejected(status) ? signed(status, plugin) : broken(point, plugin, status);
}

/** Runs Reserve; `states` are those of the plugins' filters. What was reserved is returned also when one refuses. */
export function runReserve(
  framework: Framework,
  reservation: Reservation,
  states: ReadonlyMap<string, unknown>,
): { readonly reserved: ReadonlyMap<string, unknown>; readonly status: Outcome } {
  const reserved = new Map<string, unknown>();
  for (const plugin of framework.reserve) {
    const result = plugin.reserve(placingFor(reservation, plugin), states.get(plugin.name));
    if (result.reserved !== undefined) reserved.set(plugin.name, result.reserved);
    if (result.status) return { reserved, status: refused('Reserve', plugin, result.status) };
  }
  return { reserved, status: undefined };
}

/** Undoes reservations, last first. */
export function runUnreserve(framework: Framework, reservation: Reservation): void {
  for (let index = framework.reserve.length - 1; index >= 0; index--) {
    const plugin = framework.reserve[index];
    plugin?.unreserve(placingFor(reservation, plugin));
  }
}

/** Runs Permit: who has the Pod wait and for how long, or who refuses it. */
export function runPermit(
  framework: Framework,
  reservation: Reservation,
): { readonly waits: readonly { readonly plugin: string; readonly waitMs: number }[]; readonly status: Outcome } {
  const waits: { plugin: string; waitMs: number }[] = [];
  for (const plugin of framework.permit) {
    const status = plugin.permit(placingFor(reservation, plugin));
    if (!status) continue;
    if (status.code !== 'Wait') return { waits: [], status: refused('Permit', plugin, status) };
    waits.push({ plugin: plugin.name, waitMs: Math.min(status.waitMs ?? 0, MAX_PERMIT_WAIT_MS) });
  }
  return { waits, status: undefined };
}

/** The PreBind plugins that will have something to do, or why none may start. */
export function runPreBindPreFlight(
  framework: Framework,
  reservation: Reservation,
): { readonly plugins: readonly string[]; readonly status: Outcome } {
  const plugins: string[] = [];
  for (const plugin of framework.preBind) {
    const status = plugin.preBindPreFlight(placingFor(reservation, plugin));
    if (!status) plugins.push(plugin.name);
    else if (status.code !== 'Skip') {
      return {
        plugins: [],
        status: failure(`running PreBindPreFlight "${plugin.name}": ${status.reasons.join(', ')}`),
      };
    }
  }
  return { plugins, status: undefined };
}

/** Runs one PreBind plugin; `Wait` asks for another call later. */
export function runPreBind(framework: Framework, reservation: Reservation, name: string, sinceMs: number): Outcome {
  const plugin = framework.plugins.get(name) as With<'preBind'>;
  const status = plugin.preBind(placingFor(reservation, plugin), sinceMs);
  if (!status || status.code === 'Wait') return status;
  return refused('PreBind', plugin, status);
}

/** Runs Bind until a plugin takes the Pod, and PostBind. */
export function runBind(framework: Framework, reservation: Reservation): Outcome {
  for (const plugin of framework.bind) {
    const status = plugin.bind(placingFor(reservation, plugin));
    if (status?.code === 'Skip') continue;
    if (status) return refused('Bind', plugin, status);
    for (const observer of framework.postBind) observer.postBind(placingFor(reservation, observer));
    return undefined;
  }
  return failure('no bind plugin took the pod');
}
