using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Subsidy.Core.Engine;
using Subsidy.Local.Running;
using Subsidy.Storage.Clock;
using Subsidy.Storage.Papers;

namespace Subsidy.Local.Demo;

/// <summary>
/// Fills an empty store with some forty applications in every state, each by the real commands: the clock is set back by eighty days and
/// goes forward day by day, so that notices, reminders and deadlines pass as they would have.
/// </summary>
internal sealed class EightyDays(
    Desk desk, ISchemes schemes, IPaperStore papers, Agenda agenda, Rest rest, DemoPaydays paydays, MovedClock clock, HttpClient self)
{
    private const int Days = 80;

    /// <summary>What it is called while the clock is still behind.</summary>
    public static readonly TimeSpan SetBack = TimeSpan.FromDays(-Days);

    private int submitted;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var stories = new DemoStories(new DemoForms(new DemoPeople(), clock), SubmitAsync).All(cancel).ToList();
        var running = new List<(int Day, IAsyncEnumerator<int> Story)>(stories.Select(s => (s.Day, s.Story.GetAsyncEnumerator(cancel))));
        for (var day = 0; day < Days; day++)
        {
            for (var i = 0; i < running.Count; i++)
            {
                if (running[i].Day != day)
                    continue;
                var (_, story) = running[i];
                running[i] = (await story.MoveNextAsync() ? day + story.Current : int.MaxValue, story);
                await agenda.RestAsync(cancel);
            }
            await rest.CatchUpAsync(cancel);
            await paydays.OnDayAsync(day, cancel);
            await clock.AdvanceAsync(TimeSpan.FromDays(1), cancel);
            await rest.CatchUpAsync(cancel);
        }
        foreach (var (_, story) in running)
            await story.DisposeAsync();
        return submitted;
    }

    private async Task<DemoCase> SubmitAsync((JsonObject Application, string[] Papers) filled, CancellationToken cancel)
    {
        var number = submitted++;
        using var form = new MultipartFormDataContent
        {
            { new StringContent(filled.Application.ToJsonString(), Encoding.UTF8, "application/json"), "application" },
        };
        foreach (var kind in filled.Papers)
        {
            var paper = new ByteArrayContent(DemoForms.Paper(kind, number));
            paper.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
            form.Add(paper, kind, $"{kind}.pdf");
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/applications") { Content = form };
        request.Headers.Add("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"demonstration-application-{number:D4}"));
        using var response = await self.SendAsync(request, cancel);
        var body = await response.Content.ReadAsStringAsync(cancel);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"The demonstration's application {number} was not taken: {body}");
        return new DemoCase(JsonNode.Parse(body)!["id"]!.GetValue<string>(), desk, schemes, papers);
    }
}
