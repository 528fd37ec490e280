package org.pupil.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;
import org.pupil.onnx.ProductGraph;

/**
 * Products of matrices, computed by ONNX Runtime: the one library for fast products that Pupil has
 * on every platform anyway. Owns native memory. Safe for use by many threads.
 *
 * <p>A product is computed in the thread that asks for it. The same matrices give the same numbers,
 * bit for bit, on one machine.
 */
public final class MatrixProducts implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession plain;
  private final OrtSession leftTransposed;
  private final OrtSession rightTransposed;

  private MatrixProducts(OrtEnvironment environment) throws OrtException {
    this.environment = environment;
    this.plain = session(environment, false, false);
    this.leftTransposed = session(environment, true, false);
    this.rightTransposed = session(environment, false, true);
  }

  /**
   * Loads what computes products.
   *
   * @throws org.pupil.errors.PupilException (unavailable) if ONNX Runtime cannot be loaded
   */
  public static MatrixProducts open() {
    try {
      return new MatrixProducts(OnnxLibrary.environment());
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime does not accept a product of matrices", e);
    }
  }

  private static OrtSession session(OrtEnvironment environment, boolean left, boolean right)
      throws OrtException {
    try (SessionOptions options = new SessionOptions()) {
      // One thread for a product: the order of its sums is then the same whoever else computes.
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      return environment.createSession(ProductGraph.of(left, right).toByteArray(), options);
    }
  }

  /**
   * A matrix outside of Java's heap, row-major.
   *
   * @param values a direct buffer of native order, whose first {@code rows * columns} floats are
   *     the matrix
   */
  public record Matrix(FloatBuffer values, int rows, int columns) {
    public Matrix {
      if (!values.isDirect() || values.capacity() < (long) rows * columns) {
        throw new IllegalArgumentException(
            "a matrix of %d x %d does not fit into %s".formatted(rows, columns, values));
      }
    }
  }

  /** {@code result = a b}, for a [m, k] and b [k, n]. */
  public void multiply(Matrix a, Matrix b, Matrix result) {
    run(plain, a, b, result);
  }

  /** {@code result = a' b}, for a [k, m] and b [k, n]. */
  public void multiplyLeftTransposed(Matrix a, Matrix b, Matrix result) {
    run(leftTransposed, a, b, result);
  }

  /** {@code result = a b'}, for a [m, k] and b [n, k]. */
  public void multiplyRightTransposed(Matrix a, Matrix b, Matrix result) {
    run(rightTransposed, a, b, result);
  }

  private void run(OrtSession session, Matrix a, Matrix b, Matrix result) {
    try (OnnxTensor left = tensor(a);
        OnnxTensor right = tensor(b);
        OnnxTensor product = tensor(result)) {
      session
          .run(
              Map.of(ProductGraph.LEFT, left, ProductGraph.RIGHT, right),
              Set.of(),
              Map.of(ProductGraph.PRODUCT, product))
          .close();
    } catch (OrtException e) {
      throw new IllegalStateException(
          "ONNX Runtime cannot multiply %d x %d with %d x %d"
              .formatted(a.rows(), a.columns(), b.rows(), b.columns()),
          e);
    }
  }

  private OnnxTensor tensor(Matrix matrix) throws OrtException {
    FloatBuffer values = matrix.values().duplicate();
    values.position(0).limit(matrix.rows() * matrix.columns());
    return OnnxTensor.createTensor(
        environment, values, new long[] {matrix.rows(), matrix.columns()});
  }

  @Override
  public void close() {
    try {
      plain.close();
      leftTransposed.close();
      rightTransposed.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot close a session", e);
    }
  }
}
