/** A scenario's text with how it stands first, made when the page is built; see vite.config.ts. */
declare module '*?first-view' {
  const view: import('./first-view').FirstView;
  export default view;
}
