/** Mounts the page and begins: with what a link carries, else with the text of the last visit, else with the gallery's first. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/ibm-plex-sans/wght.css';
import '@fontsource/ibm-plex-mono/latin-400.css';
import '@fontsource/ibm-plex-mono/latin-600.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/controls.css';
import './theme/short.css';
import { App } from './app';
import { joinFrame } from './embed/frame';
import { keepForOffline } from './offline/keep-offline';
import { begin, listen } from './shell/begin';
import { beginLanguage, useLanguage } from './shell/language';
import './theme/theme';

/** The page in the language that is spoken; another language is another page on the same state. */
function Page() {
  const language = useLanguage((state) => state.language);
  return <App key={language} />;
}

async function start(): Promise<void> {
  await beginLanguage();
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  );
  joinFrame();
  listen();
  await begin();
  keepForOffline();
}

void start();
