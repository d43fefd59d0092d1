import { defineConfig } from 'vite';

// The check of the public pages: one file of a name that stays, which their small script asks for when it is wanted.
export default defineConfig({
  publicDir: false,
  build: {
    outDir: '../../dist/web/proof',
    emptyOutDir: true,
    target: 'es2022',
    lib: { entry: 'public/proof/check.ts', formats: ['es'], fileName: () => 'check.js' },
    // The verifier is also a program for Node; what it asks of Node there is never reached in a browser.
    rolldownOptions: { external: /^node:/ },
  },
});
