/** The Pods of a card: lines, cells, or a picture, by how many there are and how closely one looks. */
import { createContext, memo, useContext } from 'react';
import { podField } from '../../view/layout';
import { PodCanvas } from './pod-canvas';
import { PodCell } from './pod-cell';

/** True when the drawing as a whole is simplified. */
export const Simplified = createContext(false);

interface Props {
  readonly pods: readonly string[];
  readonly within: 'workload' | 'node';
}

/** See the header. */
export const PodField = memo(function PodField({ pods, within }: Props) {
  const simplified = useContext(Simplified);
  const { mode, columns } = podField(pods.length);
  if (mode === 'cells' && simplified) return <PodCanvas pods={pods} />;
  return (
    <div
      className={`pod-field ${mode}`}
      style={mode === 'cells' ? { gridTemplateColumns: `repeat(${columns}, 28px)` } : undefined}
    >
      {pods.map((id) => (
        <PodCell key={id} id={id} mode={mode} within={within} />
      ))}
    </div>
  );
});
