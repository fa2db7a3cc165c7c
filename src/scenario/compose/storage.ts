/**
 * What a Compose service mounts. Named volumes are claims (as kompose makes them: 100Mi, ReadWriteOnce); what is mounted from the machine that Compose
 * runs on can't come along: a directory is an empty one, a file a ConfigMap or Secret whose text has to be put in.
 */
import type { KubeObject } from '../../engine/api/meta';
import { sizeOf } from './amounts';
import { compact, isMapping, itemsOf, mappingOf, nameOf, type Part, partOf, type Tell, textOf } from './reading';

/** What the Pods of a service mount, and the objects that it comes from. */
export interface Storage {
  readonly volumes: readonly object[];
  readonly mounts: readonly object[];
  readonly objects: readonly KubeObject[];
}

interface Mounted {
  /** The volume of the Pod; its name is its own in the Pod. */
  readonly volume: { readonly name: string } & Readonly<Record<string, unknown>>;
  readonly mount: object;
  readonly object?: KubeObject;
}

const object = (apiVersion: string, kind: string, name: string, rest: object): KubeObject =>
  ({ apiVersion, kind, metadata: { name }, ...rest }) as unknown as KubeObject;

/** A ConfigMap or Secret of one text. */
const textObject = (kind: 'ConfigMap' | 'Secret', name: string, key: string, text: string): KubeObject =>
  object('v1', kind, name, kind === 'Secret' ? { stringData: { [key]: text } } : { data: { [key]: text } });

const fileName = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) || 'file';
/** `./nginx.conf` is a file, `./html`, `.env.d` and `./conf.d` are directories. */
const isFile = (path: string): boolean => /[^./]\.[a-z0-9]+$/i.test(fileName(path)) && !/\.d$/.test(path);

function claimMount(source: string, target: string, how: object, root: Part, tell: Tell, part: Part): Mounted {
  const defined = partOf(partOf(root, 'volumes'), source);
  const { external, name, driver, driver_opts: options } = mappingOf(defined.value);
  const claimName = nameOf(textOf(name) || source);
  if (!(source in mappingOf(partOf(root, 'volumes').value)))
    tell(part.path, {
      en: `the volume ${source} is not among the volumes of the file; it is made all the same`,
      zh: `文件的 volumes 里没有卷 ${source}；仍然创建它`,
    });
  if (external)
    tell(defined.path, {
      en: `the volume ${source} is not made by this file: there has to be a claim called ${claimName}`,
      zh: `卷 ${source} 不由这个文件创建：需要已有名为 ${claimName} 的声明`,
    });
  if (driver !== undefined || options !== undefined)
    tell(defined.path, {
      en: 'a volume’s driver and its options are left out: a StorageClass says where the storage comes from',
      zh: '卷的 driver 及其选项被省略：存储从哪里来由 StorageClass 决定',
    });
  return {
    volume: { name: nameOf(source), persistentVolumeClaim: { claimName } },
    mount: { name: nameOf(source), mountPath: target, ...how },
    object: external
      ? undefined
      : object('v1', 'PersistentVolumeClaim', claimName, {
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '100Mi' } } },
        }),
  };
}

function fileMount(kind: 'ConfigMap' | 'Secret', name: string, text: string, target: string): Mounted {
  const key = fileName(target);
  const object = textObject(kind, name, key, text);
  return {
    volume: { name, ...(kind === 'Secret' ? { secret: { secretName: name } } : { configMap: { name } }) },
    mount: { name, mountPath: target, subPath: key, readOnly: true },
    object,
  };
}

function bindMount(
  service: string,
  source: string,
  target: string,
  how: object,
  tell: Tell,
  { path }: Part,
): Mounted | undefined {
  if (source.endsWith('docker.sock')) {
    tell(path, {
      en: 'left out: a cluster has no Docker daemon; who wants to see or make Pods asks the API server, with a ServiceAccount',
      zh: '省略：集群里没有 Docker 守护进程；想查看或创建 Pod 的程序要用 ServiceAccount 询问 API server',
    });
    return undefined;
  }
  const name = nameOf(`${service}-${fileName(source)}`);
  if (isFile(source)) {
    tell(path, {
      en: `${source} is a file of your machine: put its text into the ConfigMap ${name}`,
      zh: `${source} 是你机器上的文件：请把它的内容放进 ConfigMap ${name}`,
    });
    return fileMount('ConfigMap', name, `the text of ${source}\n`, target);
  }
  tell(path, {
    en: `${source} is a directory of your machine, which no node has: an empty directory stands in its place`,
    zh: `${source} 是你机器上的目录，节点上没有：用一个空目录代替`,
  });
  return { volume: { name, emptyDir: {} }, mount: { name, mountPath: target, ...how } };
}

/** `[SOURCE:]TARGET[:MODE]`. */
function shortVolume(text: string): Readonly<Record<string, unknown>> {
  const [first = '', second, mode = ''] = text.split(':');
  if (second === undefined) return { type: 'volume', target: first };
  return {
    type: /^[./~]/.test(first) ? 'bind' : 'volume',
    source: first,
    target: second,
    read_only: /\bro\b/.test(mode),
  };
}

function mountedBy(service: string, part: Part, root: Part, tell: Tell): Mounted | undefined {
  const {
    type,
    source,
    target,
    read_only: readOnly,
    tmpfs,
    volume,
  } = isMapping(part.value) ? part.value : shortVolume(textOf(part.value));
  const [from, to] = [textOf(source), textOf(target)];
  if (!to.startsWith('/')) {
    tell(part.path, { en: 'this mount has no absolute target', zh: '这个挂载没有绝对路径的目标' });
    return undefined;
  }
  const how = compact({
    readOnly: readOnly === true ? true : undefined,
    subPath: textOf(mappingOf(volume).subpath) || undefined,
  });
  const kind = type ?? (from ? 'volume' : '');
  if (kind === 'bind') return bindMount(service, from, to, how, tell, part);
  if (kind === 'volume' && from) return claimMount(from, to, how, root, tell, part);
  const name = nameOf(`${service}-${to}`);
  if (kind === 'tmpfs') {
    const emptyDir = compact({ medium: 'Memory', sizeLimit: sizeOf(mappingOf(tmpfs).size) });
    return { volume: { name, emptyDir }, mount: { name, mountPath: to } };
  }
  if (kind === 'volume') {
    tell(part.path, {
      en: 'a volume without a name is an empty directory here, and goes with its Pod',
      zh: '没有名字的卷在这里是空目录，随 Pod 一起消失',
    });
    return { volume: { name, emptyDir: {} }, mount: { name, mountPath: to, ...how } };
  }
  tell(part.path, { en: `mounts of type ${textOf(kind)} are left out`, zh: `类型为 ${textOf(kind)} 的挂载被省略` });
  return undefined;
}

/** Configs and secrets of a service: the text is in the file, or has to be put in. */
function given(kind: 'ConfigMap' | 'Secret', part: Part, root: Part, tell: Tell): Mounted | undefined {
  const where = kind === 'Secret' ? 'secrets' : 'configs';
  const { source, target } = isMapping(part.value) ? part.value : { source: part.value, target: undefined };
  const name = textOf(source);
  const defined = partOf(partOf(root, where), name);
  const { content, file, environment, external } = mappingOf(defined.value);
  const folder = kind === 'Secret' ? '/run/secrets/' : '/';
  const to = textOf(target) || name;
  const path = to.startsWith('/') ? to : `${folder}${to}`;
  if (content === undefined)
    tell(defined.value === undefined ? part.path : defined.path, {
      en: `what ${name} holds${file ? ` (${textOf(file)})` : ''} is not in this file: put it into the ${kind} ${nameOf(name)}`,
      zh: `${name} 的内容${file ? `（${textOf(file)}）` : ''}不在这个文件里：请放进 ${kind} ${nameOf(name)}`,
    });
  const text = textOf(content) || `the text of ${textOf(file) || textOf(environment) || name}\n`;
  const mounted = fileMount(kind, nameOf(name), text, path);
  return external ? { ...mounted, object: undefined } : mounted;
}

/** Everything that a service mounts. `root` is the whole file. */
export function storageOf(service: string, part: Part, root: Part, tell: Tell): Storage {
  const memory = itemsOf(partOf(part, 'tmpfs')).map(({ value, path }) => {
    const [target, options = ''] = textOf(value).split(':');
    const [, size] = /\bsize=(\w+)/.exec(options) ?? [];
    return { value: { type: 'tmpfs', target, tmpfs: { size } }, path };
  });
  const all = [
    ...[...itemsOf(partOf(part, 'volumes')), ...memory].map((one) => mountedBy(service, one, root, tell)),
    ...itemsOf(partOf(part, 'configs')).map((one) => given('ConfigMap', one, root, tell)),
    ...itemsOf(partOf(part, 'secrets')).map((one) => given('Secret', one, root, tell)),
  ].filter((one) => one !== undefined);
  const volumes = new Map(all.map(({ volume }) => [volume.name, volume]));
  return {
    volumes: [...volumes.values()],
    mounts: all.map(({ mount }) => mount),
    objects: all.flatMap(({ object: made }) => (made ? [made] : [])),
  };
}
