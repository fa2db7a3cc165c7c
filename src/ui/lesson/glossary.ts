/** The glossary where it is shown: loaded when a text wants it. */
import { create } from 'zustand';
import type { Glossary } from '../../lessons/glossary/glossary';

export const useGlossary = create<{ readonly glossary: Glossary | null }>(() => ({ glossary: null }));

/** Loads it, once. */
export async function loadGlossary(): Promise<void> {
  if (useGlossary.getState().glossary) return;
  const [{ readGlossary }, { default: text }] = await Promise.all([
    import('../../lessons/glossary/glossary'),
    import('../../lessons/glossary/terms.txt?raw'),
  ]);
  useGlossary.setState({ glossary: readGlossary(text) });
}
