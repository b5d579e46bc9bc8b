/*
 * The homework's trainings in C, written from the handout and sharing no code with elbow: repeated runs of full
 * length, from which bands are made, in half the time that PyTorch needs. Gradients are written out by hand.
 *
 *   cc -O3 -march=native -ffast-math bench/c/train.c -o train -lopenblas -lm
 *   OPENBLAS_NUM_THREADS=1 ./train RUN DATA OUT ITERATIONS SEED
 *
 * RUN is vae, gmvae, ssvae, ssvae-gw0 or fsvae. DATA holds train.u8, labelled.u8 and their labels, as
 * bench/export-images.mjs writes them. Writes OUT.safetensors and OUT.json; every 1,000 steps a line with the loss.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BATCH = 100, HIDDEN = 300, LABELS = 10, COMPONENTS = 500, MOST_ROWS = BATCH * LABELS };
enum { ROW_MAJOR = 101, PLAIN = 111, TRANSPOSED = 112 };
void cblas_sgemm(int, int, int, int, int, int, float, const float *, int, const float *, int, float, float *, int);

static const float FLOOR = 1e-8f, LEARNING_RATE = 1e-3f, CLASS_WEIGHT = 100, DECODER_VARIANCE = 0.1f;
/* An SSVAE's sum over labels leaves out those whose q(y|x) is smaller: they weigh less than rounding does. */
static const float NEGLIGIBLE = 1e-6f;

static float *room(size_t count) {
  float *found = aligned_alloc(64, (count * sizeof(float) + 63) / 64 * 64);
  if (!found) exit(1);
  memset(found, 0, count * sizeof(float));
  return found;
}

/* ---- Random numbers: Blackman and Vigna's xoshiro256++, seeded by SplitMix ---- */
static uint64_t state[4];
static uint64_t rotated(uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }
static uint64_t draw(void) {
  uint64_t result = rotated(state[0] + state[3], 23) + state[0], t = state[1] << 17;
  state[2] ^= state[0], state[3] ^= state[1], state[1] ^= state[2], state[0] ^= state[3], state[2] ^= t;
  state[3] = rotated(state[3], 45);
  return result;
}
static void seed_with(uint64_t seed) {
  for (int i = 0; i < 4; i++) {
    uint64_t z = seed += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u, z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    state[i] = z ^ (z >> 31);
  }
}
static double uniform(void) { return ((draw() >> 11) + 0.5) * 0x1p-53; }
static float normal(void) { return (float)(sqrt(-2 * log(uniform())) * cos(6.283185307179586 * uniform())); }

/* ---- Parameters: one buffer each for weights, gradients and Adam's averages ---- */
static float *weights, *gradients, *first, *second;
static size_t parameters;
typedef struct { char name[32]; int shape[3], rank; size_t at; } Tensor;
static Tensor tensors[32];
static int tensor_count;

static size_t add_tensor(const char *network, int layer, const char *part, int rows, int columns) {
  Tensor *tensor = &tensors[tensor_count++];
  if (layer < 0) snprintf(tensor->name, sizeof tensor->name, "%s.%s", network, part);
  else snprintf(tensor->name, sizeof tensor->name, "%s.%d.%s", network, layer, part);
  tensor->at = parameters;
  tensor->rank = 0;
  if (layer < 0) tensor->shape[tensor->rank++] = 1;
  if (rows) tensor->shape[tensor->rank++] = rows;
  tensor->shape[tensor->rank++] = columns;
  parameters += (size_t)(rows ? rows : 1) * columns;
  return tensor->at;
}

/* ---- A network of three layers; the label of a row joins its input on the right, one-hot ---- */
typedef struct {
  int inputs, labels, outputs, relu;
  size_t kernel[3], bias[3];
  float *base, *hidden[2], *output, *back[2], *base_back; /* [rows, HIDDEN], twice; [rows, outputs] */
} Network;

static Network add_network(const char *name, int inputs, int labels, int outputs, int relu) {
  Network net = {.inputs = inputs, .labels = labels, .outputs = outputs, .relu = relu};
  int in[3] = {inputs + labels, HIDDEN, HIDDEN}, out[3] = {HIDDEN, HIDDEN, outputs};
  for (int i = 0; i < 3; i++) net.kernel[i] = add_tensor(name, i, "kernel", in[i], out[i]), net.bias[i] = add_tensor(name, i, "bias", 0, out[i]);
  for (int i = 0; i < 2; i++) net.hidden[i] = room(MOST_ROWS * HIDDEN), net.back[i] = room(MOST_ROWS * HIDDEN);
  net.base = room(MOST_ROWS * HIDDEN), net.base_back = room(MOST_ROWS * HIDDEN), net.output = room((size_t)MOST_ROWS * outputs);
  return net;
}

static void initialise(const Network *net) {
  for (int i = 0; i < 3; i++) {
    int in = i ? HIDDEN : net->inputs + net->labels, out = i < 2 ? HIDDEN : net->outputs;
    float limit = 1 / sqrtf(in);
    for (size_t j = 0; j < (size_t)in * out; j++) weights[net->kernel[i] + j] = limit * (float)(2 * uniform() - 1);
    for (int j = 0; j < out; j++) weights[net->bias[i] + j] = limit * (float)(2 * uniform() - 1);
  }
}

static void activate(const Network *net, float *h, int rows, const float *bias) {
  for (int r = 0; r < rows; r++)
    for (int j = 0; j < HIDDEN; j++) {
      float x = h[r * HIDDEN + j] + bias[j];
      h[r * HIDDEN + j] = net->relu ? fmaxf(x, 0) : x > 0 ? x : expf(fminf(x, 0)) - 1;
    }
}

/* Row r is input image[r] with label y[r]: what comes of an image is computed once for all its labels. */
static float *forward(Network *net, const float *x, int images, int rows, const int *image, const int *y) {
  const float *labels = weights + net->kernel[0] + (size_t)net->inputs * HIDDEN;
  float *h = net->hidden[0];
  cblas_sgemm(ROW_MAJOR, PLAIN, PLAIN, images, HIDDEN, net->inputs, 1, x, net->inputs, weights + net->kernel[0], HIDDEN, 0, net->base, HIDDEN);
  for (int r = 0; r < rows; r++)
    for (int j = 0; j < HIDDEN; j++) h[r * HIDDEN + j] = net->base[image[r] * HIDDEN + j] + (y ? labels[y[r] * HIDDEN + j] : 0);
  activate(net, h, rows, weights + net->bias[0]);
  cblas_sgemm(ROW_MAJOR, PLAIN, PLAIN, rows, HIDDEN, HIDDEN, 1, h, HIDDEN, weights + net->kernel[1], HIDDEN, 0, net->hidden[1], HIDDEN);
  activate(net, net->hidden[1], rows, weights + net->bias[1]);
  cblas_sgemm(ROW_MAJOR, PLAIN, PLAIN, rows, net->outputs, HIDDEN, 1, net->hidden[1], HIDDEN, weights + net->kernel[2], net->outputs, 0, net->output, net->outputs);
  for (int r = 0; r < rows; r++)
    for (int j = 0; j < net->outputs; j++) net->output[(size_t)r * net->outputs + j] += weights[net->bias[2] + j];
  return net->output;
}

static void add_columns(float *sums, const float *d, int rows, int columns) {
  for (int r = 0; r < rows; r++)
    for (int j = 0; j < columns; j++) sums[j] += d[(size_t)r * columns + j];
}

static void back_through(const Network *net, float *d, const float *h, int rows) {
  for (int i = 0; i < rows * HIDDEN; i++) d[i] *= net->relu ? (h[i] > 0 ? 1.0f : 0.0f) : h[i] > 0 ? 1 : h[i] + 1;
}

/* d is the gradient of the output [rows, outputs]; dx, where asked for, that of the input [images, inputs]. */
static void backward(Network *net, const float *d, const float *x, int images, int rows, const int *image, const int *y, float *dx) {
  float *g = gradients;
  for (int i = 2; i >= 1; i--) {
    int out = i == 2 ? net->outputs : HIDDEN;
    const float *from = i == 2 ? d : net->back[1];
    cblas_sgemm(ROW_MAJOR, TRANSPOSED, PLAIN, HIDDEN, out, rows, 1, net->hidden[i - 1], HIDDEN, from, out, 1, g + net->kernel[i], out);
    add_columns(g + net->bias[i], from, rows, out);
    cblas_sgemm(ROW_MAJOR, PLAIN, TRANSPOSED, rows, HIDDEN, out, 1, from, out, weights + net->kernel[i], out, 0, net->back[i - 1], HIDDEN);
    back_through(net, net->back[i - 1], net->hidden[i - 1], rows);
  }
  add_columns(g + net->bias[0], net->back[0], rows, HIDDEN);
  memset(net->base_back, 0, sizeof(float) * images * HIDDEN);
  float *labels = g + net->kernel[0] + (size_t)net->inputs * HIDDEN;
  for (int r = 0; r < rows; r++)
    for (int j = 0; j < HIDDEN; j++) {
      net->base_back[image[r] * HIDDEN + j] += net->back[0][r * HIDDEN + j];
      if (y) labels[y[r] * HIDDEN + j] += net->back[0][r * HIDDEN + j];
    }
  cblas_sgemm(ROW_MAJOR, TRANSPOSED, PLAIN, net->inputs, HIDDEN, images, 1, x, net->inputs, net->base_back, HIDDEN, 1, g + net->kernel[0], HIDDEN);
  if (dx) cblas_sgemm(ROW_MAJOR, PLAIN, TRANSPOSED, images, net->inputs, HIDDEN, 1, net->base_back, HIDDEN, weights + net->kernel[0], HIDDEN, 0, dx, net->inputs);
}

/* ---- The models ---- */
static int pixels, latents, is_gmvae, is_fsvae, has_classifier, with_bound;
static Network encoder, decoder, classifier;
static size_t means_at, spreads_at;
static float *z, *noise, *variance, *d_z, *d_logits, *d_code, *terms;
static int identity[MOST_ROWS];

static float softplus(float s) { return fmaxf(s, 0) + log1pf(expf(-fabsf(s))); }
static float sigmoid(float s) { return 1 / (1 + expf(-s)); }

/* -log p(z) of the mixture, scaled: adds the gradients of z and of the prior, returns the values in `values`. */
static void mixture_term(int rows, float scale, float *values) {
  static float left[BATCH * 20], right[20 * COMPONENTS], constant[COMPONENTS], r[BATCH * COMPONENTS], sums[COMPONENTS * 20], totals[COMPONENTS], of_z[BATCH * 20];
  int n = 2 * latents;
  for (int k = 0; k < COMPONENTS; k++) {
    constant[k] = -logf(COMPONENTS);
    for (int j = 0; j < latents; j++) {
      float m = weights[means_at + k * latents + j], v = softplus(weights[spreads_at + k * latents + j]) + FLOOR;
      right[j * COMPONENTS + k] = -0.5f / v, right[(latents + j) * COMPONENTS + k] = m / v;
      constant[k] -= 0.5f * (logf(6.2831853f * v) + m * m / v);
    }
  }
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < latents; j++) left[i * n + j] = z[i * latents + j] * z[i * latents + j], left[i * n + latents + j] = z[i * latents + j];
  cblas_sgemm(ROW_MAJOR, PLAIN, PLAIN, rows, COMPONENTS, n, 1, left, n, right, COMPONENTS, 0, r, COMPONENTS);
  memset(totals, 0, sizeof totals);
  for (int i = 0; i < rows; i++) {
    float *row = r + i * COMPONENTS, most = -1e30f, sum = 0;
    for (int k = 0; k < COMPONENTS; k++) row[k] += constant[k], most = fmaxf(most, row[k]);
    for (int k = 0; k < COMPONENTS; k++) row[k] = expf(row[k] - most), sum += row[k];
    values[i] = -(most + logf(sum));
    for (int k = 0; k < COMPONENTS; k++) row[k] *= scale / sum, totals[k] += row[k]; /* responsibilities */
  }
  /* d/dz = sum_k r_k (z - m_k) / v_k, and back to weights by the same products */
  cblas_sgemm(ROW_MAJOR, PLAIN, TRANSPOSED, rows, n, COMPONENTS, 1, r, COMPONENTS, right, COMPONENTS, 0, of_z, n);
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < latents; j++) d_z[i * latents + j] -= 2 * z[i * latents + j] * of_z[i * n + j] + of_z[i * n + latents + j];
  cblas_sgemm(ROW_MAJOR, TRANSPOSED, PLAIN, COMPONENTS, n, rows, 1, r, COMPONENTS, left, n, 0, sums, n);
  for (int k = 0; k < COMPONENTS; k++)
    for (int j = 0; j < latents; j++) {
      float m = weights[means_at + k * latents + j], s = weights[spreads_at + k * latents + j], v = softplus(s) + FLOOR;
      float square = sums[k * n + j] - 2 * m * sums[k * n + latents + j] + m * m * totals[k]; /* sum r (z - m)^2 */
      gradients[means_at + k * latents + j] -= (sums[k * n + latents + j] - m * totals[k]) / v;
      gradients[spreads_at + k * latents + j] += 0.5f * (totals[k] / v - square / (v * v)) * sigmoid(s);
    }
}

/* Terms KL + rec of each row, each weighing weight[r], into `terms`; their gradients into `gradients`. */
static void bound(const float *x, int images, int rows, const int *image, const int *y, const float *weight) {
  const float *code = forward(&encoder, x, images, rows, image, y);
  for (int r = 0; r < rows; r++) {
    terms[r] = 0;
    for (int j = 0; j < latents; j++) {
      float m = code[r * 2 * latents + j], v = softplus(code[(r * 2 + 1) * latents + j]) + FLOOR, e = normal();
      variance[r * latents + j] = v, noise[r * latents + j] = e, z[r * latents + j] = m + sqrtf(v) * e;
      /* of a GMVAE log q(z|x): its two ways of depending on m cancel */
      terms[r] += is_gmvae ? -0.5f * (logf(6.2831853f * v) + e * e) : 0.5f * (v + m * m - 1 - logf(v));
    }
  }
  const float *logits = forward(&decoder, z, rows, rows, identity, y);
  for (int r = 0; r < rows; r++) {
    const float *l = logits + (size_t)r * pixels, *bits = x + (size_t)image[r] * pixels;
    float *d = d_logits + (size_t)r * pixels, sum = 0, w = weight[r];
    if (is_fsvae) {
      for (int j = 0; j < pixels; j++) d[j] = w * (l[j] - bits[j]) / DECODER_VARIANCE, sum += (l[j] - bits[j]) * (l[j] - bits[j]);
      terms[r] += 0.5f * (sum / DECODER_VARIANCE + pixels * logf(6.2831853f * DECODER_VARIANCE));
      continue;
    }
    for (int j = 0; j < pixels; j++) {
      float e = expf(-fabsf(l[j])), s = 1 / (1 + e);
      sum += fmaxf(l[j], 0) - bits[j] * l[j] + logf(1 + e), d[j] = w * ((l[j] >= 0 ? s : 1 - s) - bits[j]);
    }
    terms[r] += sum;
  }
  backward(&decoder, d_logits, z, rows, rows, identity, y, d_z);
  if (is_gmvae) {
    static float values[BATCH];
    mixture_term(rows, weight[0], values);
    for (int r = 0; r < rows; r++) terms[r] += values[r];
  }
  for (int r = 0; r < rows; r++)
    for (int j = 0; j < latents; j++) {
      float m = code[r * 2 * latents + j], s = code[(r * 2 + 1) * latents + j], v = variance[r * latents + j], dz = d_z[r * latents + j];
      d_code[r * 2 * latents + j] = dz + (is_gmvae ? 0 : weight[r] * m);
      d_code[(r * 2 + 1) * latents + j] = sigmoid(s) * (dz * noise[r * latents + j] / (2 * sqrtf(v)) + weight[r] * 0.5f * ((is_gmvae ? 0 : 1) - 1 / v));
    }
  backward(&encoder, d_code, x, images, rows, image, y, NULL);
}

/* x: the batch, and behind it the labelled images of an SSVAE. Returns the loss. */
static double loss_of(const float *x, const uint8_t *labels, const uint8_t *answers) {
  static float weight[MOST_ROWS], q[2 * BATCH * LABELS], d[2 * BATCH * LABELS];
  static int image[MOST_ROWS], y[MOST_ROWS];
  double loss = 0;
  if (!has_classifier) {
    for (int r = 0; r < BATCH; r++) weight[r] = 1.0f / BATCH, y[r] = labels[r];
    bound(x, BATCH, BATCH, identity, is_fsvae ? y : NULL, weight);
    for (int r = 0; r < BATCH; r++) loss += terms[r] / BATCH;
    return loss;
  }
  /* without the bound, the labelled images alone */
  int from = with_bound ? 0 : BATCH, all = 2 * BATCH - from, rows = 0;
  const float *seen = x + (size_t)from * pixels, *scores = forward(&classifier, seen, all, all, identity, NULL);
  for (int i = 0; i < all; i++) {
    float most = -1e30f, sum = 0;
    for (int k = 0; k < LABELS; k++) most = fmaxf(most, scores[i * LABELS + k]);
    for (int k = 0; k < LABELS; k++) sum += q[i * LABELS + k] = expf(scores[i * LABELS + k] - most);
    for (int k = 0; k < LABELS; k++) {
      q[i * LABELS + k] /= sum;
      if (from + i >= BATCH) {
        int right = answers[from + i - BATCH] == k;
        d[i * LABELS + k] = CLASS_WEIGHT * (q[i * LABELS + k] - right) / BATCH;
        if (right) loss -= CLASS_WEIGHT * logf(q[i * LABELS + k]) / BATCH;
      } else if (q[i * LABELS + k] > NEGLIGIBLE) {
        image[rows] = i, y[rows] = k, weight[rows++] = q[i * LABELS + k] / BATCH;
      }
    }
  }
  if (with_bound) {
    bound(x, BATCH, rows, image, y, weight);
    float average[BATCH] = {0};
    for (int r = 0; r < rows; r++) {
      float p = q[image[r] * LABELS + y[r]];
      terms[r] += logf(p) + logf(LABELS), average[image[r]] += p * terms[r];
    }
    for (int i = 0; i < BATCH; i++) loss += average[i] / BATCH;
    memset(d, 0, sizeof(float) * BATCH * LABELS);
    for (int r = 0; r < rows; r++) d[image[r] * LABELS + y[r]] = weight[r] * (terms[r] - average[image[r]]);
  }
  backward(&classifier, d, seen, all, all, identity, NULL, NULL);
  return loss;
}

static void adam(int step) {
  float fix1 = 1 / (1 - powf(0.9f, step)), fix2 = 1 / (1 - powf(0.999f, step));
  for (size_t i = 0; i < parameters; i++) {
    first[i] = 0.9f * first[i] + 0.1f * gradients[i], second[i] = 0.999f * second[i] + 0.001f * gradients[i] * gradients[i];
    weights[i] -= LEARNING_RATE * first[i] * fix1 / (sqrtf(second[i] * fix2) + 1e-8f);
  }
}

static uint8_t *bytes_of(const char *folder, const char *name, size_t *size) {
  char path[1024];
  snprintf(path, sizeof path, "%s/%s.u8", folder, name);
  FILE *file = fopen(path, "rb");
  if (!file) { perror(path); exit(1); }
  fseek(file, 0, SEEK_END), *size = ftell(file), rewind(file);
  uint8_t *bytes = malloc(*size);
  if (fread(bytes, 1, *size, file) != *size) exit(1);
  fclose(file);
  return bytes;
}

/* Bits, each 1 with the probability of its brightness; an FSVAE's pixels as they are. */
static void present(float *x, const uint8_t *pixel) {
  for (int j = 0; j < pixels; j += 4) {
    uint64_t bits = is_fsvae ? 0 : draw();
    for (int i = j; i < j + 4; i++, bits >>= 16) x[i] = is_fsvae ? pixel[i] / 255.0f : (bits & 0xffff) * 255 < (uint64_t)pixel[i] << 16;
  }
}

static void write_checkpoint(const char *out) {
  char path[1024];
  snprintf(path, sizeof path, "%s.safetensors", out);
  FILE *file = fopen(path, "wb");
  if (!file) { perror(path); exit(1); }
  char header[4096];
  int length = 0;
  for (int i = 0; i < tensor_count; i++) {
    size_t end = i + 1 < tensor_count ? tensors[i + 1].at : parameters;
    length += sprintf(header + length, "%s\"%s\":{\"dtype\":\"F32\",\"shape\":[", i ? "," : "{", tensors[i].name);
    for (int j = 0; j < tensors[i].rank; j++) length += sprintf(header + length, "%s%d", j ? "," : "", tensors[i].shape[j]);
    length += sprintf(header + length, "],\"data_offsets\":[%zu,%zu]}", 4 * tensors[i].at, 4 * end);
  }
  length += sprintf(header + length, "}");
  uint64_t size = length;
  fwrite(&size, 8, 1, file), fwrite(header, 1, size, file), fwrite(weights, 4, parameters, file), fclose(file);
}

int main(int count, char **arguments) {
  if (count != 6) return fputs("train RUN DATA OUT ITERATIONS SEED\n", stderr), 64;
  const char *run = arguments[1], *data = arguments[2], *out = arguments[3];
  int iterations = atoi(arguments[4]), seed = atoi(arguments[5]);
  is_gmvae = !strcmp(run, "gmvae"), is_fsvae = !strcmp(run, "fsvae"), has_classifier = !strncmp(run, "ssvae", 5), with_bound = strcmp(run, "ssvae-gw0") != 0;
  pixels = is_fsvae ? 3072 : 784, latents = is_fsvae || has_classifier ? 64 : 10;
  int labels = is_fsvae || has_classifier ? LABELS : 0;
  encoder = add_network("encoder", pixels, labels, 2 * latents, 0), decoder = add_network("decoder", latents, labels, pixels, 0);
  if (has_classifier) classifier = add_network("classifier", pixels, 0, LABELS, 1);
  if (is_gmvae) means_at = add_tensor("prior", -1, "means", COMPONENTS, latents), spreads_at = add_tensor("prior", -1, "spreads", COMPONENTS, latents);
  weights = room(parameters), gradients = room(parameters), first = room(parameters), second = room(parameters);
  z = room(MOST_ROWS * latents), noise = room(MOST_ROWS * latents), variance = room(MOST_ROWS * latents), d_z = room(MOST_ROWS * latents);
  d_code = room(MOST_ROWS * 2 * latents), d_logits = room((size_t)MOST_ROWS * pixels), terms = room(MOST_ROWS);
  for (int i = 0; i < MOST_ROWS; i++) identity[i] = i;
  seed_with(seed);
  initialise(&encoder), initialise(&decoder);
  if (has_classifier) initialise(&classifier);
  if (is_gmvae) for (int i = 0; i < 2 * COMPONENTS * latents; i++) weights[means_at + i] = normal() / sqrtf(COMPONENTS * latents);

  size_t size, images, ignored;
  uint8_t *train = bytes_of(data, "train", &size), *train_labels = bytes_of(data, "train-labels", &images), *labelled = NULL, *answers = NULL;
  if (size != images * pixels) return fputs("train.u8 has images of another size\n", stderr), 1;
  if (has_classifier) labelled = bytes_of(data, "labelled", &ignored), answers = bytes_of(data, "labelled-labels", &ignored);
  uint32_t *order = malloc(images * sizeof *order);
  for (size_t i = 0; i < images; i++) order[i] = i;
  float *x = room((size_t)2 * BATCH * pixels);
  uint8_t seen[BATCH];
  double sum = 0;
  size_t left = 0;
  clock_t started = clock();
  for (int step = 1; step <= iterations; step++) {
    if (left < BATCH) {
      for (size_t i = images - 1; i > 0; i--) {
        size_t other = draw() % (i + 1);
        uint32_t kept = order[i];
        order[i] = order[other], order[other] = kept;
      }
      left = images;
    }
    left -= BATCH;
    for (int i = 0; i < BATCH; i++) present(x + (size_t)i * pixels, train + (size_t)order[left + i] * pixels), seen[i] = train_labels[order[left + i]];
    if (has_classifier) for (int i = 0; i < BATCH; i++) present(x + (size_t)(BATCH + i) * pixels, labelled + (size_t)i * pixels);
    memset(gradients, 0, parameters * sizeof *gradients);
    sum += loss_of(x, seen, answers);
    adam(step);
    if (step % 1000 == 0) printf("%d %.3f, %.1f CPU s\n", step, sum / 1000, (double)(clock() - started) / CLOCKS_PER_SEC), fflush(stdout), sum = 0;
  }
  write_checkpoint(out);
  char path[1024];
  snprintf(path, sizeof path, "%s.json", out);
  FILE *file = fopen(path, "w");
  fprintf(file, "{\"run\":\"%s\",\"iterations\":%d,\"seed\":%d,\"cpuSeconds\":%.1f}\n", run, iterations, seed, (double)(clock() - started) / CLOCKS_PER_SEC);
  return fclose(file);
}
