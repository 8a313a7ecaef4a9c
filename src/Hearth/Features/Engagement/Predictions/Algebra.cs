namespace Hearth.Features.Engagement.Predictions;

/// <summary>Just enough linear algebra for two small regressions.</summary>
internal static class Algebra
{
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>Solves a symmetric, positive definite system by Cholesky's decomposition.</summary>
    public static double[] Solve(double[,] a, double[] b)
    {
        var n = b.Length;
        var l = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = a[i, j];
                for (var k = 0; k < j; k++)
                    sum -= l[i, k] * l[j, k];
                l[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / l[j, j];
            }
        }

        var x = new double[n];
        for (var i = 0; i < n; i++)
        {
            var sum = b[i];
            for (var k = 0; k < i; k++)
                sum -= l[i, k] * x[k];
            x[i] = sum / l[i, i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
                x[i] -= l[k, i] * x[k];
            x[i] /= l[i, i];
        }

        return x;
    }

    /// <summary>Least squares with a small penalty on every weight but the first, which is the constant's.</summary>
    public static double[] Ridge(IReadOnlyList<double[]> rows, IReadOnlyList<double> targets, double penalty)
    {
        var n = rows[0].Length;
        var (a, b) = (new double[n, n], new double[n]);
        for (var r = 0; r < rows.Count; r++)
            Add(a, b, rows[r], 1, targets[r]);
        Penalise(a, penalty);
        return Solve(a, b);
    }

    /// <summary>Logistic regression by Newton's method with the same penalty.</summary>
    public static double[] Logistic(IReadOnlyList<double[]> rows, IReadOnlyList<double> targets, double penalty, int rounds = 12)
    {
        var n = rows[0].Length;
        var weights = new double[n];
        for (var round = 0; round < rounds; round++)
        {
            var (a, b) = (new double[n, n], new double[n]);
            for (var r = 0; r < rows.Count; r++)
            {
                var p = Sigmoid(Dot(rows[r], weights));
                Add(a, b, rows[r], Math.Max(p * (1 - p), 1e-6), targets[r] - p, weighTarget: false);
            }

            for (var i = 1; i < n; i++)
                b[i] -= penalty * weights[i];
            Penalise(a, penalty);
            var step = Solve(a, b);
            for (var i = 0; i < n; i++)
                weights[i] += Math.Clamp(step[i], -4, 4);
            if (step.Max(Math.Abs) < 1e-8)
                break;
        }

        return weights;
    }

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-Math.Clamp(x, -30, 30)));

    private static void Add(double[,] a, double[] b, double[] row, double weight, double target, bool weighTarget = true)
    {
        for (var i = 0; i < row.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                a[i, j] += weight * row[i] * row[j];
                a[j, i] = a[i, j];
            }

            b[i] += (weighTarget ? weight : 1) * row[i] * target;
        }
    }

    private static void Penalise(double[,] a, double penalty)
    {
        a[0, 0] += 1e-9;
        for (var i = 1; i < a.GetLength(0); i++)
            a[i, i] += penalty;
    }
}
