/** Light or dark: the system's choice until the reader makes one. */
import { create } from 'zustand';
import { loadSetting, saveSetting } from '../state/settings';

export type Theme = 'light' | 'dark';

const system = matchMedia('(prefers-color-scheme: dark)');
const ofSystem = (): Theme => (system.matches ? 'dark' : 'light');

function chosen(): Theme | undefined {
  const setting = loadSetting('theme');
  return setting === 'light' || setting === 'dark' ? setting : undefined;
}

export const useTheme = create<{ readonly theme: Theme }>(() => ({ theme: chosen() ?? ofSystem() }));

/** Keeps the reader's choice; choosing what the system has anyway follows the system again. */
export function toggleTheme(): void {
  const theme = useTheme.getState().theme === 'dark' ? 'light' : 'dark';
  saveSetting('theme', theme === ofSystem() ? 'system' : theme);
  useTheme.setState({ theme });
}

/** Shows the colours that a link asks for, as long as the page is open; anything else asks for nothing. */
export function showTheme(asked: string | null): void {
  if (asked === 'light' || asked === 'dark') useTheme.setState({ theme: asked });
}

const show = ({ theme }: { theme: Theme }) => {
  document.documentElement.dataset.theme = theme;
};
show(useTheme.getState());
useTheme.subscribe(show);
system.addEventListener('change', () => {
  if (!chosen()) useTheme.setState({ theme: ofSystem() });
});
