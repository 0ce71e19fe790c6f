namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>Measured values.</summary>
internal sealed class Sample(IEnumerable<double> values)
{
    private readonly double[] _values = [.. values.Order()];

    public int Count => _values.Length;

    public double Median => Percentile(50);

    /// <summary>Returns the smallest value that is not exceeded by the given part of all values (nearest rank).</summary>
    /// <param name="part">Above 0, up to 100.</param>
    public double Percentile(double part)
    {
        if (_values.Length == 0) return double.NaN;
        var rank = (int)Math.Ceiling(part / 100 * _values.Length);
        return _values[Math.Clamp(rank, 1, _values.Length) - 1];
    }
}
