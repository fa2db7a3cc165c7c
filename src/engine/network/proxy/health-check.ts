/**
 * What kube-proxy itself answers on its node: for each Service whose external traffic policy is Local, on its health check port, whether the node
 * has endpoints of it; on 10256 whether it is alive. Both end with the process. Pure but for what it is given.
 * Follows pkg/proxy/healthcheck (service_health.go, proxy_health.go).
 */
import type { Context } from '../../client/component';
import { type ActiveFault, faultsAt } from '../../client/environment';
import { rulesAt } from '../../machine/packet-rules';
import type { MachineContext } from '../../machine/records';
import { isReady } from './endpoints';

const HEALTHZ_PORT = 10_256;

/** What an agent of a node answers itself. */
export interface AgentAnswer {
  readonly status: number;
  readonly body: string;
  /** What it is called. */
  readonly station: string;
  /** Why it says no. */
  readonly because: string;
}

const STATION = 'kube-proxy';

/** See the header; undefined when it has nothing to say on this port. */
export function healthAnswer(
  { environment }: Pick<Context, 'environment'>,
  machine: MachineContext,
  node: string,
  port: number,
  atMs: number,
): AgentAnswer | undefined {
  const { services, generation } = machine.memory.network;
  if (generation === 0) return undefined;
  const isDown = ({ type, component, node: where = node }: ActiveFault) =>
    type === 'component-down' && component === 'kube-proxy' && where === node;
  if (faultsAt(environment, atMs).some(isDown)) return undefined;
  if (port === HEALTHZ_PORT) return { status: 200, body: '{"status":"healthy"}', station: STATION, because: '' };
  for (const latest of services.values()) {
    const { service, slices } = rulesAt(latest, atMs) ?? {};
    if (service?.spec.healthCheckNodePort !== port || !slices) continue;
    const local = new Set(
      slices.flatMap(({ endpoints }) =>
        (endpoints ?? []).filter((one) => one.nodeName === node && isReady(one)).map(({ addresses }) => addresses[0]),
      ),
    );
    const { namespace, name } = service.metadata;
    const body = `{\n\t"service": {\n\t\t"namespace": "${namespace}",\n\t\t"name": "${name}"\n\t},\n\t"localEndpoints": ${local.size},\n\t"serviceProxyHealthy": true\n}`;
    const isHealthy = local.size > 0;
    const because = isHealthy ? '' : `Node ${node} has no endpoint of this Service`;
    return { status: isHealthy ? 200 : 503, body, station: STATION, because };
  }
  return undefined;
}
