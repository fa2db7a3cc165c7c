/**
 * A Compose file as Kubernetes manifests: each service becomes what keeps its Pods, a Service where a port is known, claims, ConfigMaps and
 * Secrets. Follows the Compose specification and, in what becomes what, kompose's conversions; what can't be translated is said with its line.
 */
import type { KubeObject } from '../../engine/api/meta';
import { type Problem, parseManifests, type SourceDocument } from '../../kubectl/yaml';
import { manifestText } from '../manifest-text';
import { containerOf, imageOf } from './container';
import { interpolated } from './interpolation';
import { mergeCompose } from './merging';
import { podOf } from './pod';
import { knownPort, type OpenPort, portsOf, serviceFor } from './ports';
import {
  isMapping,
  itemsOf,
  mappingOf,
  nameOf,
  type Part,
  type Path,
  partOf,
  type Said,
  type Tell,
  textOf,
} from './reading';
import { storageOf } from './storage';
import { DEPLOY_TRANSLATED, DEPLOY_UNTRANSLATED, TRANSLATED, UNTRANSLATED } from './untranslated';
import { annotationsOf, workloadOf } from './workload';

/** Something that could not be translated, or not wholly. */
export interface ComposeNote extends Said {
  /** Which of the files, from 0. */
  readonly file: number;
  /** Its line in that Compose file, from 1. */
  readonly line: number;
  /** What stands there: `services.web.build`. */
  readonly where: string;
}

/** What a Compose file becomes. */
export interface Converted {
  readonly objects: readonly KubeObject[];
  readonly notes: readonly ComposeNote[];
}

const TOP = new Set(['version', 'name', 'services', 'volumes', 'configs', 'secrets', 'networks']);

const lookAt = (text: string): SourceDocument | undefined => {
  if (!/^[^\S\n]*["']?services["']?\s*:/m.test(text)) return undefined;
  const { documents } = parseManifests(text);
  const [document] = documents;
  const { apiVersion, kind, services } = (document?.object ?? {}) as unknown as Record<string, unknown>;
  return documents.length === 1 && apiVersion === undefined && kind === undefined && isMapping(services)
    ? document
    : undefined;
};

/** Whether a text is a Compose file: one document with services, and neither apiVersion nor kind. */
export const isCompose = (text: string): boolean => lookAt(text) !== undefined;

/** A service with what it extends in the same file. */
function extended(name: string, services: Part, tell: Tell, seen: readonly string[] = []): unknown {
  const own = partOf(services, name);
  const { extends: from, ...rest } = mappingOf(own.value);
  const base = isMapping(from) ? textOf(from.service) : textOf(from);
  if (from === undefined) return own.value;
  if ((isMapping(from) && from.file !== undefined) || seen.includes(base) || !isMapping(partOf(services, base).value)) {
    tell([...own.path, 'extends'], {
      en: `${base || 'what it extends'} is not in this file: only what stands here is translated`,
      zh: `${base || '它所扩展的'} 不在这个文件里：只翻译这里写着的`,
    });
    return rest;
  }
  const under = mappingOf(extended(base, services, tell, [...seen, name]));
  const environment =
    isMapping(under.environment) && isMapping(rest.environment)
      ? { environment: { ...under.environment, ...rest.environment } }
      : {};
  return { ...under, ...rest, ...environment };
}

function tellOthers(
  { value, path }: Part,
  known: ReadonlySet<string>,
  told: Readonly<Record<string, Said>>,
  tell: Tell,
): void {
  for (const [key, given] of Object.entries(mappingOf(value))) {
    if (known.has(key) || key.startsWith('x-') || given === null) continue;
    const said = Object.hasOwn(told, key) ? told[key] : undefined;
    tell([...path, key], said ?? { en: `${key} is no key of Compose here`, zh: `这里没有名为 ${key} 的 Compose 键` });
  }
}

/** The ports of a service; where the file says none, the one that its image is known for. */
function openPorts(service: Part, image: string, tell: Tell): readonly OpenPort[] {
  const ports = portsOf(service, tell);
  if (ports.length > 0) return ports;
  const port = knownPort(image);
  if (port !== undefined) return [{ port, protocol: 'TCP', path: service.path }];
  tell(service.path, {
    en: 'says no port, so it gets no Service and has no name for others; write expose: where it listens',
    zh: '没有写端口，所以没有 Service，别的服务不能按名字找到它；如果它监听端口，请写 expose',
  });
  return [];
}

/** Variables from files: a ConfigMap that they have to be put into. */
function variableFiles(
  name: string,
  service: Part,
  tell: Tell,
): { readonly from: readonly object[]; readonly objects: readonly KubeObject[] } {
  const files = itemsOf(partOf(service, 'env_file'));
  if (files.length === 0) return { from: [], objects: [] };
  const map = `${name}-env`;
  for (const { value, path } of files)
    tell(path, {
      en: `put the variables of ${textOf(isMapping(value) ? value.path : value)} into the ConfigMap ${map}`,
      zh: `请把 ${textOf(isMapping(value) ? value.path : value)} 里的变量放进 ConfigMap ${map}`,
    });
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: map }, data: {} } as unknown as KubeObject;
  return { from: [{ configMapRef: { name: map } }], objects: [object] };
}

function objectsOf(key: string, service: Part, root: Part, tell: Tell): readonly KubeObject[] {
  const name = nameOf(key);
  if (name !== key)
    tell(service.path, {
      en: `${key} is called ${name}: others have to ask for that name`,
      zh: `${key} 改名为 ${name}：别的服务要用这个名字`,
    });
  const profiles = itemsOf(partOf(service, 'profiles')).map(({ value }) => textOf(value));
  if (profiles.length > 0) {
    tell(partOf(service, 'profiles').path, {
      en: `only started with the profile ${profiles.join(', ')}: left out`,
      zh: `只在使用 profile ${profiles.join(', ')} 时启动：省略`,
    });
    return [];
  }
  tellOthers(service, TRANSLATED, UNTRANSLATED, tell);
  tellOthers(partOf(service, 'deploy'), DEPLOY_TRANSLATED, DEPLOY_UNTRANSLATED, tell);
  const labels = { app: name };
  const image = imageOf(name, service, tell);
  const ports = openPorts(service, image, tell);
  const { volumes, mounts, objects } = storageOf(name, service, root, tell);
  const variables = variableFiles(name, service, tell);
  const container = containerOf(name, service, { image, ports, mounts, envFrom: variables.from }, tell);
  const spec = { ...podOf(service, labels, tell), containers: [container], ...(volumes.length > 0 ? { volumes } : {}) };
  const hasClaim = objects.some(({ kind }) => kind === 'PersistentVolumeClaim');
  const workload = workloadOf(service, { name, labels, annotations: annotationsOf(service), spec, hasClaim }, tell);
  const reached = serviceFor(name, labels, ports, tell);
  return [...objects, ...variables.objects, workload, ...(reached ? [reached] : [])];
}

/** Claims need somewhere to come from: a cluster of a cloud has such a class, this one has none by itself. */
const CLASS = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'rancher.io/local-path',
  volumeBindingMode: 'WaitForFirstConsumer',
} as unknown as KubeObject;

/** The first of each kind and name. */
function once(objects: readonly KubeObject[]): readonly KubeObject[] {
  const found = new Map<string, KubeObject>();
  for (const object of objects) {
    const key = `${object.kind} ${object.metadata.name}`;
    if (!found.has(key)) found.set(key, object);
  }
  return [...found.values()];
}

/** Translates a Compose file, or several that are read over one another. `problems` has why one is none. */
export function convertCompose(...texts: readonly string[]): Converted | { readonly problems: readonly Problem[] } {
  const documents = texts.map(lookAt);
  const wrong = documents.indexOf(undefined);
  if (wrong >= 0) {
    const { problems } = parseManifests(texts[wrong] ?? '');
    const message = 'this is no Compose file: a Compose file is one document with services, and no apiVersion or kind';
    return { problems: problems.length > 0 ? problems : [{ line: 1, column: 1, endLine: 1, endColumn: 2, message }] };
  }
  const whole = mergeCompose(documents.map((document) => document?.object));
  const notes: ComposeNote[] = [];
  const tell: Tell = (path: Path, said: Said) => {
    const { file, path: there } = whole.originOf(path);
    notes.push({ file, line: documents[file]?.rangeOf(there).line ?? 1, where: there.join('.'), ...said });
  };
  const root: Part = { value: interpolated(whole.value, [], tell), path: [] };
  tellOthers(root, TOP, {}, tell);
  const services = partOf(root, 'services');
  const objects = Object.keys(mappingOf(services.value)).flatMap((key) => {
    const path = [...services.path, key];
    if (!isMapping(mappingOf(services.value)[key])) {
      tell(path, { en: 'this service is empty', zh: '这个服务是空的' });
      return [];
    }
    return objectsOf(key, { value: extended(key, services, tell), path }, root, tell);
  });
  const hasClaim = objects.some(({ kind }) => kind === 'PersistentVolumeClaim');
  const said = new Set<string>();
  const unique = notes.filter(
    ({ file, line, en }) => !said.has(`${file} ${line} ${en}`) && said.add(`${file} ${line} ${en}`),
  );
  unique.sort(
    (a, b) =>
      a.file - b.file || a.line - b.line || (a.where < b.where ? -1 : a.where > b.where ? 1 : a.en < b.en ? -1 : 1),
  );
  return { objects: once(hasClaim ? [CLASS, ...objects] : objects), notes: unique };
}

/** What is said above the manifests. */
export interface Heading {
  readonly title: string;
  readonly note: (note: ComposeNote) => string;
}

/** The manifests as text; what could not be translated stands above them as comments. */
export function manifestsText({ objects, notes }: Converted, { title, note }: Heading): string {
  const comments = [title, ...notes.map(note)].map((line) => `# ${line.replaceAll('\n', ' ')}\n`).join('');
  return comments + manifestText(objects);
}
