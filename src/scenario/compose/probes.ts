/**
 * The health check of a Compose service as probes. A swarm does both with it: nothing is sent to a container that is not healthy yet (readiness), and one
 * that is unhealthy is replaced (liveness, which is what kompose makes of it). Questions over the network are asked by the kubelet itself.
 */
import { secondsOf, wholeOf } from './amounts';
import { compact, mappingOf, type Part, partOf, type Tell, textOf, unexpanded, wordsOf } from './reading';

/** What is asked, as a probe has it. */
type Handler = Readonly<Record<string, unknown>>;

const LOCAL = /^https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::(\d+))?(\/\S*)?$/;
const ASKING = /^(?:\/usr\/bin\/)?(?:curl|wget)$/;
/** Clients that only ask whether their server answers, by the port it answers on. */
const PINGS: readonly (readonly [RegExp, number])[] = [
  [/^pg_isready\b/, 5432],
  [/^(mysqladmin|mariadb-admin)\b.*\bping\b/, 3306],
  [/^healthcheck\.sh\b/, 3306],
  [/^redis-cli\b.*\bping\b/i, 6379],
  [/^rabbitmq-diagnostics\b/, 5672],
];

/** A command that only asks this container over the network, as what it asks. `|| exit 1` changes nothing. */
function asked(words: readonly string[]): Handler | undefined {
  const [program = ''] = words;
  const rest = words.join(' ').replace(/\s*\|\|\s*exit\s+1\s*$/, '');
  if (/[|;&<>]/.test(rest)) return undefined;
  const ping = PINGS.find(([pattern]) => pattern.test(rest));
  if (ping) return { tcpSocket: { port: ping[1] } };
  const url = ASKING.test(program) ? rest.split(/\s+/).find((word) => LOCAL.test(word)) : undefined;
  const [, port, path] = LOCAL.exec(url ?? '') ?? [];
  if (url === undefined) return undefined;
  const isSecure = url.startsWith('https:');
  return {
    httpGet: compact({
      path: path ?? '/',
      port: Number(port ?? (isSecure ? 443 : 80)),
      scheme: isSecure ? 'HTTPS' : undefined,
    }),
  };
}

function handlerOf({ value, path }: Part, tell: Tell): Handler | undefined {
  const [how, ...rest] = Array.isArray(value) ? value.map(textOf) : ['CMD-SHELL', textOf(value)];
  const [line = ''] = rest;
  const words = how === 'CMD' ? rest : wordsOf(line);
  if (how === 'NONE' || words.length === 0) return undefined;
  const handler = asked(words);
  if (handler)
    tell(path, {
      en: `the kubelet asks by itself (${'httpGet' in handler ? 'httpGet' : 'tcpSocket'}) instead of running ${words[0]} in the container`,
      zh: `由 kubelet 直接探测（${'httpGet' in handler ? 'httpGet' : 'tcpSocket'}），不在容器里运行 ${words[0]}`,
    });
  return handler ?? { exec: { command: (how === 'CMD' ? rest : ['/bin/sh', '-c', line]).map(unexpanded) } };
}

/** Probes of a service; none without a health check. Docker's defaults are not Kubernetes' and are written down. */
export function probesOf(service: Part, tell: Tell): Readonly<Record<string, unknown>> {
  const check = partOf(service, 'healthcheck');
  const { disable, interval, timeout, retries, start_period: start } = mappingOf(check.value);
  if (disable === true || mappingOf(check.value).test === undefined) return {};
  const handler = handlerOf(partOf(check, 'test'), tell);
  if (!handler) return {};
  const times = {
    periodSeconds: Math.max(1, secondsOf(interval) ?? 30),
    timeoutSeconds: Math.max(1, secondsOf(timeout) ?? 30),
    failureThreshold: Math.max(1, wholeOf(retries) ?? 3),
  };
  const initialDelaySeconds = secondsOf(start) || undefined;
  return {
    readinessProbe: { ...handler, ...times },
    livenessProbe: compact({ ...handler, initialDelaySeconds, ...times }),
  };
}
