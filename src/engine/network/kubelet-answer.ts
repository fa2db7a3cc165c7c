/**
 * What a kubelet itself answers on its node: on 10250, over TLS, that it does not know who asks; on 10248, to its own node alone, whether it is alive.
 * Both end with the process. Follows pkg/kubelet/server/{server,auth}.go with the settings of kubeadm, which lets nobody in without a name.
 */
import type { Context } from '../client/component';
import { faultsAt } from '../client/environment';
import type { AgentAnswer } from './proxy/health-check';
import type { NetworkRequest } from './request';

const PORT = 10_250;
const HEALTHZ_PORT = 10_248;
const STATION = 'kubelet';

/** An answer; undefined when the kubelet has nothing to say on this port. */
export function kubeletAnswer(
  { environment }: Pick<Context, 'environment'>,
  node: string,
  port: number,
  { scheme, path, atMs }: Pick<NetworkRequest, 'scheme' | 'path' | 'atMs'>,
  isLoopback: boolean,
): AgentAnswer | undefined {
  if (port !== PORT && !(port === HEALTHZ_PORT && isLoopback)) return undefined;
  const isDown = faultsAt(environment, atMs).some(
    ({ type, component, node: where = node }) => type === 'component-down' && component === 'kubelet' && where === node,
  );
  if (isDown) return undefined;
  if (port === HEALTHZ_PORT)
    return /^\/healthz(\?|$)/.test(path)
      ? { status: 200, body: 'ok', station: STATION, because: '' }
      : { status: 404, body: '404 page not found\n', station: STATION, because: 'the kubelet has nothing there' };
  if (scheme === 'http') {
    const body = 'Client sent an HTTP request to an HTTPS server.\n';
    return { status: 400, body, station: STATION, because: 'the kubelet speaks TLS only' };
  }
  return { status: 401, body: 'Unauthorized', station: STATION, because: 'the kubelet does not know who asks' };
}
