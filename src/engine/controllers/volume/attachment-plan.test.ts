import { describe, expect, it } from 'vitest';
import type { PersistentVolume, Pod, VolumeAttachment } from '../../api/types';
import { attachmentName, multiAttachProblem, type Placement, planAttachments } from './attachment-plan';

const volume = (mode: string): PersistentVolume => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'v' },
  spec: { accessModes: [mode], csi: { driver: 'd', volumeHandle: 'h' } },
  status: {},
});

/** `pod@node`. */
const placement = (text: string): Placement => {
  const [name = '', nodeName = ''] = text.split('@');
  return { key: `default/${name}`, uid: name, name, nodeName };
};

const attachment = (text: string): VolumeAttachment => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'VolumeAttachment',
  metadata: { name: text, ...(text.endsWith('!') ? { deletionTimestamp: 'now' } : {}) },
  spec: { attacher: 'd', nodeName: text.replace('!', ''), source: { persistentVolumeName: 'v' } },
  status: { attached: true },
});

const words = (text: string): string[] => text.split(' ').filter(Boolean);

describe('where a volume is attached', () => {
  // mode | Pods | attached to (! = being detached) | attach | detach | conflicts
  it.each([
    ['ReadWriteOnce', 'a@n1', '', 'n1', '', ''],
    ['ReadWriteOnce', 'a@n1 b@n1', 'n1', '', '', ''],
    ['ReadWriteOnce', 'a@n1 b@n2', 'n1', '', '', 'b'],
    ['ReadWriteOnce', 'a@n1 b@n2', '', 'n1', '', 'b'],
    ['ReadWriteOnce', 'b@n2', 'n1', '', 'n1', 'b'],
    ['ReadWriteOnce', 'b@n2', 'n1!', '', 'n1!', 'b'],
    ['ReadWriteOnce', '', 'n1', '', 'n1', ''],
    ['ReadWriteMany', 'a@n1 b@n2', 'n1', 'n2', '', ''],
  ])('%s: Pods %s, attached to %s', (mode, pods, attached, attach, detach, conflicts) => {
    const plan = planAttachments(volume(mode), words(pods).map(placement), words(attached).map(attachment));
    expect(plan.attach).toEqual(words(attach));
    expect(plan.detach.map(({ metadata }) => metadata.name)).toEqual(words(detach));
    expect(plan.conflicts.map(({ pod }) => pod.name)).toEqual(words(conflicts));
  });

  it('is said to those who wait, without names of other namespaces', () => {
    const pod = { metadata: { name: 'x', namespace: 'default' } } as Pod;
    const foreign = { ...placement('z@n1'), key: 'other/z' };
    expect(multiAttachProblem(pod, [])).toMatch(/^Volume is already exclusively attached to one node/);
    expect(multiAttachProblem(pod, [placement('a@n1'), placement('b@n1')])).toBe(
      'Volume is already used by pod(s) a, b',
    );
    expect(multiAttachProblem(pod, [placement('a@n1'), foreign])).toBe(
      'Volume is already used by pod(s) a and 1 pod(s) in different namespaces',
    );
    expect(multiAttachProblem(pod, [foreign])).toBe('Volume is already used by 1 pod(s) in different namespaces');
  });

  it('is named as a real cluster names it', () => {
    const spec = { csi: { driver: 'x.example.com', volumeHandle: 'v4' } };
    expect(attachmentName({ spec } as PersistentVolume, 'node-1')).toBe(
      'csi-f44257d10bff317158eaa1edb94de45da8eeddc080d789b3cce95ff32ed799a5',
    );
  });
});
