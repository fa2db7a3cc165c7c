/** A Compose service's container, as a container of a Pod: what runs, with which variables, rights and resources. */
import { processorsOf, sizeOf, wholeOf } from './amounts';
import { containerPorts, type OpenPort } from './ports';
import { probesOf } from './probes';
import {
  commandOf,
  compact,
  itemsOf,
  mappingOf,
  nameOf,
  type Part,
  pairsOf,
  partOf,
  type Tell,
  textOf,
  unexpanded,
} from './reading';

/** The image that runs. One that Compose would build has to be built and pushed first. */
export function imageOf(name: string, service: Part, tell: Tell): string {
  const { image, build } = mappingOf(service.value);
  const written = textOf(image) || `${name}:latest`;
  if (build !== undefined)
    tell(partOf(service, 'build').path, {
      en: `a cluster builds no images: build ${written}, and push it to a registry that the nodes can reach`,
      zh: `集群不会构建镜像：请自己构建 ${written}，并推送到节点能访问的镜像仓库`,
    });
  else if (!textOf(image)) tell(service.path, { en: `${name} names no image`, zh: `${name} 没有写镜像` });
  return written;
}

function variablesOf(service: Part, tell: Tell): readonly object[] {
  const variables = new Map<string, string>();
  for (const { key, value, path } of pairsOf(partOf(service, 'environment'))) {
    if (value === null)
      tell(path, {
        en: `${key} would come from your shell; it is left out`,
        zh: `${key} 本来取自你的 shell；被省略`,
      });
    else variables.set(key, unexpanded(textOf(value)));
  }
  return [...variables].map(([name, value]) => ({ name, value }));
}

function resourcesOf(service: Part): object {
  const { cpus, mem_limit: memory, mem_reservation: reserved } = mappingOf(service.value);
  const { limits, reservations } = mappingOf(partOf(partOf(service, 'deploy'), 'resources').value);
  const [most, least] = [mappingOf(limits), mappingOf(reservations)];
  return compact({
    limits: compact({ cpu: processorsOf(most.cpus ?? cpus), memory: sizeOf(most.memory ?? memory) }),
    requests: compact({ cpu: processorsOf(least.cpus), memory: sizeOf(least.memory ?? reserved) }),
  });
}

function rightsOf(service: Part, tell: Tell): object {
  const { user, privileged, read_only: readOnly } = mappingOf(service.value);
  const [who = '', group] = textOf(user).split(':');
  const names = (key: string) => itemsOf(partOf(service, key)).map(({ value }) => textOf(value).replace(/^CAP_/, ''));
  if (who !== '' && wholeOf(who) === undefined)
    tell(partOf(service, 'user').path, {
      en: `runAsUser takes a number; which one ${who} has, the image knows`,
      zh: `runAsUser 只能是数字；${who} 是几号只有镜像知道`,
    });
  return compact({
    runAsUser: wholeOf(who),
    runAsGroup: wholeOf(group),
    privileged: privileged === true ? true : undefined,
    readOnlyRootFilesystem: readOnly === true ? true : undefined,
    capabilities: compact({ add: names('cap_add'), drop: names('cap_drop') }),
  });
}

/** Hooks: Docker may run several, one after the other; a Pod has one of each. */
function hooksOf(service: Part): object {
  const hook = (key: string) => {
    const all = itemsOf(partOf(service, key)).map((part) => commandOf(partOf(part, 'command')) ?? []);
    if (all.length < 2) return all[0] && { exec: { command: all[0] } };
    const line = all.map((words) => words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')).join(' && ');
    return { exec: { command: ['/bin/sh', '-c', line] } };
  };
  return compact({ postStart: hook('post_start'), preStop: hook('pre_stop') });
}

const POLICIES: Readonly<Record<string, string>> = {
  always: 'Always',
  never: 'Never',
  missing: 'IfNotPresent',
  if_not_present: 'IfNotPresent',
};

/** See the header. `mounts` is where what it mounts is, `envFrom` the ConfigMaps of its variables. */
export function containerOf(
  name: string,
  service: Part,
  {
    image,
    ports,
    mounts,
    envFrom,
  }: { image: string; ports: readonly OpenPort[]; mounts: readonly object[]; envFrom: readonly object[] },
  tell: Tell,
): object {
  const raw = mappingOf(service.value);
  return compact({
    name: nameOf(textOf(raw.container_name) || name),
    image,
    imagePullPolicy: POLICIES[textOf(raw.pull_policy)],
    // Docker's ENTRYPOINT is the command here, and its CMD the arguments.
    command: commandOf(partOf(service, 'entrypoint')),
    args: commandOf(partOf(service, 'command')),
    workingDir: textOf(raw.working_dir) || undefined,
    ports: containerPorts(ports),
    envFrom,
    env: variablesOf(service, tell),
    resources: resourcesOf(service),
    volumeMounts: mounts,
    ...probesOf(service, tell),
    lifecycle: hooksOf(service),
    securityContext: rightsOf(service, tell),
    stdin: raw.stdin_open === true ? true : undefined,
    tty: raw.tty === true ? true : undefined,
  });
}
