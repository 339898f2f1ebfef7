// manifold-3d's loader as one script; the WebAssembly beside it is handed over as bytes.
import Module from "manifold-3d";
export const load = (wasmBinary) => Module({ wasmBinary });
