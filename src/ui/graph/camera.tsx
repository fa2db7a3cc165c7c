/** The buttons that move the camera over the drawing. */
import { useReactFlow } from '@xyflow/react';
import { create } from 'zustand';
import { t } from '../../i18n/translate';
import { Icon } from '../shell/icons';
import { useFrames } from './frames';

interface CameraRequests {
  /** Counts how often the whole drawing was asked for; the drawing itself knows where that is. */
  readonly overviews: number;
  /** A picture is taken: what is out of sight is drawn as well, and the camera does not glide. */
  readonly whole: boolean;
  /** What is to be brought into sight, anew with each wish. */
  readonly wanted?: { readonly id: string };
}

/** See the header. */
export const useCameraRequests = create<CameraRequests>(() => ({ overviews: 0, whole: false }));

/** See the header. */
export function Camera() {
  const { zoomIn, zoomOut } = useReactFlow();
  const showAll = () => {
    useFrames.setState({ last: undefined });
    useCameraRequests.setState(({ overviews }) => ({ overviews: overviews + 1 }));
  };
  return (
    <div className="camera">
      <button type="button" className="icon-button" aria-label={t('graph.zoomOut')} onClick={() => void zoomOut()}>
        <Icon name="minus" />
      </button>
      <button type="button" className="icon-button" aria-label={t('graph.zoomIn')} onClick={() => void zoomIn()}>
        <Icon name="plus" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={t('graph.fit')}
        title={t('graph.fit')}
        onClick={showAll}
      >
        <Icon name="fit" />
      </button>
    </div>
  );
}
