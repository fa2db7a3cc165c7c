/** What could make the volume of a claim: classes of the cluster, and drivers for a class that is not there. */
import { keyOf } from '../../engine/api/meta';
import type { CSIDriver, PersistentVolumeClaim, Pod, StorageClass } from '../../engine/api/types';
import { claimKeysOf, classOf, defaultClassOf } from '../../engine/api/volume-claim';
import { migratedTo, type StorageDriver, storageDriver } from '../../engine/api/volume-provisioners';
import type { World } from './said';

const MANY = /Many$/;

/** How a class has its volumes made. */
type Maker = Pick<StorageClass, 'provisioner' | 'volumeBindingMode' | 'parameters'>;

/** The driver that a provisioner stands for. */
export const driverOf = (provisioner: string): StorageDriver | undefined =>
  storageDriver(migratedTo(provisioner) ?? provisioner);

/** Some drivers refuse claims of several nodes; what makes directories of one node waits until it knows the node. */
function suits(world: World, claim: PersistentVolumeClaim, { provisioner, volumeBindingMode }: Maker): boolean {
  const driver = driverOf(provisioner);
  if (!driver || (isShared(claim) && driver.refusesSharing !== '')) return false;
  return volumeBindingMode === 'WaitForFirstConsumer' ? isMounted(world, claim) : driver.kind !== 'node';
}

/** Whether several nodes are to have it at a time. */
export const isShared = ({ spec }: PersistentVolumeClaim): boolean =>
  spec.accessModes?.some((mode) => MANY.test(mode)) ?? false;

/** Whether a Pod mounts it. */
export function isMounted(world: World, claim: PersistentVolumeClaim): boolean {
  const key = keyOf(claim);
  return world.list<Pod>('Pod').some((pod) => claimKeysOf(pod).includes(key));
}

/** The classes that would make it: the default first, then those called most like the one that it names. */
export function classesFor(world: World, claim: PersistentVolumeClaim): readonly StorageClass[] {
  const classes = world.list<StorageClass>('StorageClass');
  const first = defaultClassOf(classes)?.metadata.name;
  const wanted = classOf(claim);
  const rank = ({ metadata: { name } }: StorageClass): number => (name === first ? -1 : distance(wanted, name));
  return classes
    .filter((each) => suits(world, claim, each))
    .sort((a, b) => rank(a) - rank(b) || (a.metadata.name < b.metadata.name ? -1 : 1));
}

/** What a new class would have: as a class that is there, of a driver that is registered, else of one that any cluster can run. */
export function makerFor(world: World, claim: PersistentVolumeClaim): Maker {
  const [known] = classesFor(world, claim);
  if (known) {
    const { provisioner, volumeBindingMode, parameters } = known;
    return { provisioner, volumeBindingMode, ...(parameters ? { parameters } : {}) };
  }
  const registered = world.list<CSIDriver>('CSIDriver').map(({ metadata }) => ({ provisioner: metadata.name }));
  const fits = registered.find((each) => driverOf(each.provisioner)?.needs === undefined && suits(world, claim, each));
  if (fits) return fits;
  const local: Maker = { provisioner: 'rancher.io/local-path', volumeBindingMode: 'WaitForFirstConsumer' };
  return suits(world, claim, local) ? local : { provisioner: 'nfs.csi.k8s.io' };
}

/** How many letters two names differ by (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
