/** Why a claim stays unbound: each volume's reason, what its class does, and what would give it a volume. */
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../engine/api/types';
import { accessModesText, classOf, defaultClassOf, hasClass } from '../../engine/api/volume-claim';
import { findMatchingVolume } from '../../engine/api/volume-matching';
import { applying, type Candidate, command, type Finding, type Said, say, type World } from './said';
import { classesFor, driverOf, isMounted, isShared, makerFor } from './storage-makers';
import { again } from './world';

/** What of its class keeps it waiting. */
type Standing = 'no-class' | 'missing-class' | 'nobody' | 'consumer' | 'refused' | 'under-way';

/** Another class would do. */
const AMISS: ReadonlySet<Standing> = new Set(['no-class', 'missing-class', 'nobody', 'refused']);

interface Circumstances {
  readonly claim: PersistentVolumeClaim;
  readonly className: string;
  readonly found: StorageClass | undefined;
  readonly standing: Standing;
  readonly refusal: string;
}

const sizeOf = ({ spec }: PersistentVolumeClaim): string => spec.resources?.requests?.storage ?? '0';

function circumstancesOf(world: World, claim: PersistentVolumeClaim): Circumstances {
  const className = classOf(claim);
  const found = className ? world.get<StorageClass>('StorageClass', undefined, className) : undefined;
  const { standing, refusal } = standingOf(world, claim, className, found);
  return { claim, className, found, standing, refusal };
}

function standingOf(
  world: World,
  claim: PersistentVolumeClaim,
  className: string,
  found: StorageClass | undefined,
): { standing: Standing; refusal: string } {
  if (!className) return { standing: 'no-class', refusal: '' };
  if (!found) return { standing: 'missing-class', refusal: '' };
  const driver = driverOf(found.provisioner);
  if (!driver) return { standing: 'nobody', refusal: '' };
  if (isShared(claim) && driver.refusesSharing) return { standing: 'refused', refusal: driver.refusesSharing };
  if (found.volumeBindingMode === 'WaitForFirstConsumer' && !isMounted(world, claim))
    return { standing: 'consumer', refusal: '' };
  return { standing: 'under-way', refusal: '' };
}

const isBound = ({ status }: PersistentVolumeClaim): boolean => status?.phase === 'Bound';

/** See the header; undefined once it is bound. */
export function claimFinding(world: World, claim: PersistentVolumeClaim): Finding | undefined {
  return isBound(claim) ? undefined : findingOf(world, circumstancesOf(world, claim));
}

/** The same of a claim that a Pod waits for: one that is being given its volume, or waits for the very Pod, keeps nobody. */
export function keepingFinding(world: World, claim: PersistentVolumeClaim): Finding | undefined {
  if (isBound(claim)) return undefined;
  const about = circumstancesOf(world, claim);
  return about.standing === 'under-way' ? undefined : findingOf(world, about);
}

/** Of a claim that is mounted and not there: without a default class it needs a volume as well. */
export function missingClaim(world: World, namespace: string, name: string): Finding {
  const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace }, spec };
  const hasDefault = defaultClassOf(world.list<StorageClass>('StorageClass')) !== undefined;
  const candidate = hasDefault
    ? { said: say('fix.claim', { name }), input: applying(claim) }
    : { said: say('fix.claimVolume', { name }), input: applying(claim, volumeFor(name, spec, '')) };
  return {
    sentences: [say('claim.missing', { name })],
    verdicts: [],
    candidates: [candidate],
    missing: (now) => Number(!now.get('PersistentVolumeClaim', namespace, name)),
  };
}

function findingOf(world: World, about: Circumstances): Finding {
  const { claim } = about;
  const volumes = world.list<PersistentVolume>('PersistentVolume');
  const { verdicts } = findMatchingVolume(claim, volumes, { delayed: false });
  return {
    sentences: sentencesOf(about, volumes.length),
    verdicts: verdicts.map(({ volume, problem }) => ({
      kind: 'PersistentVolume',
      name: volume,
      reasons: [problem ? say('verdict.other', { text: problem }) : say('verdict.fits')],
    })),
    candidates: candidatesOf(world, about, volumes),
    missing: (now) => Number(again<PersistentVolumeClaim>(now, claim)?.status?.phase !== 'Bound'),
  };
}

function sentencesOf({ claim, className, found, standing, refusal }: Circumstances, volumes: number): Said[] {
  const said = [say('claim.wants', { size: sizeOf(claim), modes: accessModesText(claim.spec.accessModes) })];
  if (standing === 'no-class') said.push(say('claim.noClass'));
  if (standing === 'missing-class') said.push(say('claim.missingClass', { name: className }));
  if (standing === 'nobody') said.push(say('claim.nobody', { name: className, provisioner: found?.provisioner ?? '' }));
  if (standing === 'consumer') said.push(say('claim.consumer', { name: className }));
  if (standing === 'refused') said.push(say('claim.refused', { message: refusal }));
  if (volumes === 0) said.push(say('claim.noVolumes'));
  return said;
}

function candidatesOf(world: World, about: Circumstances, volumes: readonly PersistentVolume[]): Candidate[] {
  const { claim, standing } = about;
  const candidates: Candidate[] = [...released(claim, volumes)];
  if (standing === 'consumer') candidates.push(consumer(claim));
  if (standing === 'no-class' && !hasClass(claim)) candidates.push(defaultClass(world, claim));
  else if (AMISS.has(standing)) candidates.push(...otherClass(world, about));
  if (standing === 'missing-class') candidates.push(newClass(world, about.className, claim, false));
  if (standing === 'refused') candidates.push(...oneNode(claim));
  if (standing !== 'consumer') candidates.push(newVolume(about));
  return candidates;
}

/** A volume that would do, were it not for a claim that is gone. */
function released(claim: PersistentVolumeClaim, volumes: readonly PersistentVolume[]): Candidate[] {
  const fits = (volume: PersistentVolume) => {
    const free = { ...volume, spec: { ...volume.spec, claimRef: undefined }, status: { phase: 'Available' } };
    return findMatchingVolume(claim, [free as PersistentVolume], { delayed: false }).volume !== undefined;
  };
  const volume = volumes.find((each) => each.status?.phase === 'Released' && fits(each));
  if (!volume) return [];
  const { name } = volume.metadata;
  const patch = '[{"op":"remove","path":"/spec/claimRef"}]';
  return [{ said: say('fix.release', { name }), input: command(`patch pv ${name} --type=json -p '${patch}'`) }];
}

function consumer({ metadata }: PersistentVolumeClaim): Candidate {
  const { name, namespace } = metadata;
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${name}-reader`, namespace },
    spec: {
      containers: [
        {
          name: 'reader',
          image: 'busybox',
          command: ['sleep', '3600'],
          volumeMounts: [{ name: 'data', mountPath: '/data' }],
        },
      ],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: name } }],
    },
  };
  return { said: say('fix.consumer', { name: pod.metadata.name }), input: applying(pod) };
}

/** A class of what makes volumes in this cluster already. */
function newClass(world: World, name: string, claim: PersistentVolumeClaim, isDefault: boolean): Candidate {
  const annotations = isDefault ? { 'storageclass.kubernetes.io/is-default-class': 'true' } : undefined;
  const maker = makerFor(world, claim);
  const made = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name, annotations }, ...maker };
  return { said: say('fix.class', { name, provisioner: maker.provisioner }), input: applying(made) };
}

/** The claim can't be changed; it is made anew with the class that is the default, or called most alike. */
function otherClass(world: World, { claim, className }: Circumstances): Candidate[] {
  const [best] = classesFor(world, claim).filter(({ metadata }) => metadata.name !== className);
  if (!best) return [];
  const { name, namespace, labels } = claim.metadata;
  const spec = { ...claim.spec, storageClassName: best.metadata.name, volumeName: undefined };
  const made = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace, labels }, spec };
  const input = command('replace --force -f -', JSON.stringify(made));
  return [{ said: say('fix.otherClass', { name: best.metadata.name }), input }];
}

/** A class that is there becomes the default; without any, one is made. */
function defaultClass(world: World, claim: PersistentVolumeClaim): Candidate {
  const [usable] = classesFor(world, claim);
  if (!usable || defaultClassOf(world.list<StorageClass>('StorageClass')))
    return newClass(world, 'standard', claim, true);
  const { name } = usable.metadata;
  const text = `annotate storageclass ${name} --overwrite storageclass.kubernetes.io/is-default-class=true`;
  return { said: say('fix.defaultClass', { name }), input: command(text) };
}

/** A claim can't be changed; it is made anew for one node. */
function oneNode(claim: PersistentVolumeClaim): Candidate[] {
  const { name, namespace, labels } = claim.metadata;
  const spec = { ...claim.spec, accessModes: ['ReadWriteOnce'], volumeName: undefined };
  const made = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace, labels }, spec };
  const values = { from: accessModesText(claim.spec.accessModes), to: 'RWO' };
  return [{ said: say('fix.modes', values), input: command('replace --force -f -', JSON.stringify(made)) }];
}

function newVolume({ claim, className }: Circumstances): Candidate {
  const { name } = claim.metadata;
  const made = volumeFor(name, claim.spec, className);
  return { said: say('fix.volume', { name: made.metadata.name, size: sizeOf(claim) }), input: applying(made) };
}

function volumeFor(claim: string, spec: PersistentVolumeClaim['spec'], className: string) {
  const name = `${claim}-volume`;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, labels: spec.selector?.matchLabels },
    spec: {
      capacity: { storage: spec.resources?.requests?.storage ?? '0' },
      accessModes: spec.accessModes,
      volumeMode: spec.volumeMode,
      ...(className ? { storageClassName: className } : {}),
      hostPath: { path: `/mnt/${name}` },
    },
  };
}
