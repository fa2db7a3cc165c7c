/** Pods as elements: lines with words, or cells. */
import type { MouseEvent } from 'react';
import { useRovingFocus } from '../shell/roving-focus';
import { select, useSession } from '../state/session';
import { PodCell } from './pod-cell';

function podAt(event: MouseEvent): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>('[data-pod]') : null;
}

/** One listener for all: a thousand of them would be a thousand to set up. */
function onClick(event: MouseEvent): void {
  const id = podAt(event)?.dataset.pod;
  if (id) select(id, { reveal: true });
}

/** Tooltips are written when the pointer comes, not for each Pod at each change. */
function onPointerOver(event: MouseEvent): void {
  const pod = podAt(event);
  if (pod) pod.title = `${pod.ariaLabel ?? ''}\n${pod.getAttribute('aria-description') ?? ''}`;
}

interface Props {
  readonly pods: readonly string[];
  readonly within: 'workload' | 'node';
  readonly mode: 'lines' | 'cells';
  readonly columns: number;
  readonly isStop: boolean;
}

/** One stop of the Tab key, however many they are. */
export function Pods({ pods, within, mode, columns, isStop }: Props) {
  const selected = useSession((session) => session.selected);
  const list = useRovingFocus<HTMLDivElement>(isStop);
  const style = mode === 'cells' ? { gridTemplateColumns: `repeat(${columns}, 28px)` } : undefined;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the buttons inside turn keys into clicks
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens for its buttons
    <div ref={list} className={`pod-field ${mode}`} style={style} onClick={onClick} onPointerOver={onPointerOver}>
      {pods.map((id) => (
        <PodCell key={id} id={id} mode={mode} within={within} selected={id === selected} />
      ))}
    </div>
  );
}
