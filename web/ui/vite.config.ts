import { defineConfig } from "vite";

// Each page has an entry of its own, so that none loads what only another needs.
export default defineConfig({
  base: "/ui/",
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0, // the pages' policy admits no data: addresses
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    rollupOptions: {
      input: {
        graph: "src/graph.ts",
        query: "src/query.ts",
      },
    },
  },
  plugins: [
    {
      // The file that keeps the folder in the repository goes when the folder is emptied.
      name: "keep-dist",
      generateBundle() {
        this.emitFile({ type: "asset", fileName: ".gitkeep", source: "" });
      },
    },
  ],
});
