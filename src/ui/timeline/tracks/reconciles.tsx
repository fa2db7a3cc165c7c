/** How often each controller, the scheduler, the kubelets did something. */
import { t } from '../../../i18n/translate';
import type { Track } from './registry';
import { Strip } from './strip';

const HEIGHT = 15;
/** People and faults have a track of their own. */
const ELSEWHERE = new Set(['user', 'fault']);
const ORDER = [
  ...['cronjob', 'job', 'horizontal-pod-autoscaler', 'deployment', 'statefulset', 'daemonset', 'replicaset'].map(
    (name) => `${name}-controller`,
  ),
  ...['default-scheduler', 'kubelet'],
];

function rank(actor: string): number {
  const position = ORDER.indexOf(actor);
  return position < 0 ? ORDER.length : position;
}

/** Labels are narrow; the title has the whole name. */
function shortName(actor: string): string {
  return actor
    .replace(/-controller$/, '')
    .replace(/^default-/, '')
    .replace('persistentvolumeclaim', 'pvc')
    .replace('persistentvolume', 'pv')
    .replace('horizontal-pod-autoscaler', 'hpa');
}

export const reconcilesTrack: Track = ({ actors }) =>
  actors
    .filter(({ actor }) => !ELSEWHERE.has(actor))
    .sort((a, b) => rank(a.actor) - rank(b.actor) || b.steps - a.steps || (a.actor < b.actor ? -1 : 1))
    .map(({ actor, counts, steps }) => ({
      key: actor,
      label: shortName(actor),
      title: t('track.reconcilesTitle', { actor, count: steps }),
      heightPx: HEIGHT,
      draw: () => <Strip counts={counts} heightPx={HEIGHT} className="track-steps" />,
    }));
