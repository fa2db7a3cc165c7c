/** A box that opens below its button and closes on Escape or a click elsewhere; Escape gives the focus back. */
import { type RefObject, useEffect, useRef, useState } from 'react';

export interface Popover {
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
  /** The element that holds both the button and the box. */
  readonly root: RefObject<HTMLDivElement | null>;
}

/** See the header. */
export function usePopover(): Popover {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof globalThis.Node && !root.current?.contains(event.target)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      root.current?.querySelector('button')?.focus();
    };
    document.addEventListener('pointerdown', onPointer, true);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onPointer, true);
      document.removeEventListener('keydown', onKey);
    };
  }, [open]);
  return { open, setOpen, root };
}
