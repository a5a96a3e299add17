using System.Globalization;
using System.Text;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace BuildFunctions.Functions.Operations;

/// <summary>Collects OpenTelemetry's metrics when they are asked for and writes them in Prometheus' text format.</summary>
public sealed class PrometheusMetrics : IHostedService, IDisposable
{
    private readonly TextExporter _exporter = new();
    private readonly BaseExportingMetricReader _reader;
    private readonly MeterProvider _provider;
    private readonly Lock _collecting = new();

    public PrometheusMetrics()
    {
        _reader = new BaseExportingMetricReader(_exporter) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative };
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter("BuildFunctions", "BuildFunctions.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddReader(_reader)
            .Build();
    }

    /// <summary>Made with the host: what happens before the first question counts too.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public string Render()
    {
        lock (_collecting)
        {
            _reader.Collect();
            return _exporter.Text;
        }
    }

    public void Dispose()
    {
        _provider.Dispose();
        _reader.Dispose();
    }

    private sealed class TextExporter : BaseExporter<Metric>
    {
        public string Text { get; private set; } = "";

        public override ExportResult Export(in Batch<Metric> batch)
        {
            StringBuilder text = new();
            foreach (var metric in batch)
            {
                Write(text, metric);
            }

            Text = text.ToString();
            return ExportResult.Success;
        }

        private static void Write(StringBuilder text, Metric metric)
        {
            var counter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
            var name = Name(metric.Name + Unit(metric.Unit)) + (counter ? "_total" : "");
            var kind = counter ? "counter" : metric.MetricType == MetricType.Histogram ? "histogram" : "gauge";
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {Help(metric.Description)}\n# TYPE {name} {kind}\n");
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                WritePoint(text, name, metric.MetricType, point);
            }
        }

        private static void WritePoint(StringBuilder text, string name, MetricType type, in MetricPoint point)
        {
            var labels = Labels(point);
            if (type != MetricType.Histogram)
            {
                Line(text, name, labels, type switch
                {
                    MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
                    MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
                    MetricType.LongGauge => point.GetGaugeLastValueLong(),
                    _ => point.GetGaugeLastValueDouble(),
                });
                return;
            }

            long below = 0;
            foreach (var bucket in point.GetHistogramBuckets())
            {
                below += bucket.BucketCount;
                var bound = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : bucket.ExplicitBound.ToString(CultureInfo.InvariantCulture);
                Line(text, name + "_bucket", [.. labels, $"le=\"{bound}\""], below);
            }

            Line(text, name + "_sum", labels, point.GetHistogramSum());
            Line(text, name + "_count", labels, point.GetHistogramCount());
        }

        private static void Line(StringBuilder text, string name, string[] labels, double value) =>
            text.Append(CultureInfo.InvariantCulture, $"{name}{(labels.Length == 0 ? "" : $"{{{string.Join(',', labels)}}}")} {value}\n");

        private static string[] Labels(in MetricPoint point)
        {
            List<string> labels = [];
            foreach (var tag in point.Tags)
            {
                var value = Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "";
                labels.Add($"{Name(tag.Key)}=\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"");
            }

            return [.. labels];
        }

        private static string Name(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

        private static string Unit(string? unit) => unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };

        private static string Help(string? text) => (text ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
    }
}
