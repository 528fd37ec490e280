/**
 * Stop 6 of the data's way once more, deeper: the last layers of the backbone are trained together
 * with the final layer. Start at {@link org.pupil.finetuning.FineTuning}; {@link
 * org.pupil.finetuning.FineTuningSettings} says how it is done.
 *
 * <p>What comes out of the layer below, a map for each photo, is computed once and kept ({@code
 * MapFile}). The layers above it are read from the backbone's graph ({@code LayerReader}), trained
 * in epochs ({@code FineTuner}), and written back under their old names ({@code UpperLayersGraph}).
 * Products of matrices are computed by ONNX Runtime, all else by loops over rows of channels
 * ({@code Rows}).
 */
@NullMarked
package org.pupil.finetuning;

import org.jspecify.annotations.NullMarked;
